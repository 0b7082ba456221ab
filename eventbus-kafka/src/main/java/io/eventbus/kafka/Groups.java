package io.eventbus.kafka;

import io.eventbus.spi.Group;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownMemberIdException;

/** Where groups stand: a group exists when it has committed offsets. */
final class Groups {

    private Groups() {}

    /**
     * Begins a group that does not exist yet, before its first member joins: what comes to these partitions from these offsets
     * on is the group's. Once a member has joined, the broker refuses, and the group is begun.
     */
    static void begin(Inquiry inquiry, Group group, Map<TopicPartition, Long> offsets) {
        Map<TopicPartition, OffsetAndMetadata> start = new HashMap<>();
        offsets.forEach((partition, offset) -> start.put(partition, new OffsetAndMetadata(offset)));
        inquiry.askUnless(
                UnknownMemberIdException.class,
                admin -> admin.alterConsumerGroupOffsets(KafkaNames.group(group), start)
                        .all()
                        .thenApply(done -> true));
    }

    /** What the group has committed; empty if it does not exist. */
    static Map<TopicPartition, OffsetAndMetadata> committed(Inquiry inquiry, Group group) {
        String id = KafkaNames.group(group);
        Map<TopicPartition, OffsetAndMetadata> committed = inquiry.askUnless(
                        GroupIdNotFoundException.class,
                        admin -> admin.listConsumerGroupOffsets(id).partitionsToOffsetAndMetadata())
                .orElse(Map.of());
        Map<TopicPartition, OffsetAndMetadata> known = new HashMap<>(committed);
        known.values().removeIf(offset -> offset == null);
        return known;
    }
}
