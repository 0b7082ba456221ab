package io.eventbus.kafka;

import io.eventbus.spi.DeadLetterCursor;
import io.eventbus.spi.Group;
import io.eventbus.spi.GroupInfo;
import io.eventbus.spi.TransportAdmin;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.jspecify.annotations.Nullable;

/**
 * Asks the broker. The backlog is exact but for offsets that hold no event, such as the ends of transactions; dead letters are
 * counted by reading them, since the broker keeps what was removed for a while. Of an ephemeral group it knows nothing.
 */
record KafkaAdmin(KafkaTransport transport) implements TransportAdmin {

    @Override
    public void ping() {
        transport
                .inquiry("cannot reach Kafka")
                .ask(admin -> admin.describeCluster().clusterId());
    }

    @Override
    public GroupInfo describe(Group group) {
        String what = "cannot describe " + group;
        Inquiry inquiry = transport.inquiry(what);
        String name = KafkaNames.group(group);
        Map<TopicPartition, OffsetAndMetadata> committed = Groups.committed(inquiry, group);
        long backlog = committed.isEmpty() ? 0 : backlog(inquiry, group, committed);
        int members = committed.isEmpty() ? 0 : members(inquiry, name);
        try (DeadLetterLog letters = DeadLetterLog.open(transport, group, () -> transport.inquiry(what))) {
            return new GroupInfo(name, backlog, members, letters.live().size());
        }
    }

    @Override
    public DeadLetterCursor openDeadLetters(Group group) {
        String what = "cannot read the dead letters of " + group;
        return new KafkaDeadLetterCursor(
                transport, group, DeadLetterLog.open(transport, group, () -> transport.inquiry(what)));
    }

    /** One request, once they are counted: what the log holds more than letters is not known without reading it. */
    @Override
    public long purgeDeadLetters(Group group) {
        String what = "cannot purge the dead letters of " + group;
        try (DeadLetterLog letters = DeadLetterLog.open(transport, group, () -> transport.inquiry(what))) {
            Map<TopicPartition, RecordsToDelete> all = letters.ends().entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, end -> RecordsToDelete.beforeOffset(end.getValue())));
            transport.inquiry(what).ask(admin -> admin.deleteRecords(all).all());
            return letters.live().size();
        }
    }

    private static long backlog(Inquiry inquiry, Group group, Map<TopicPartition, OffsetAndMetadata> committed) {
        Set<TopicPartition> partitions =
                Topics.find(inquiry, KafkaNames.topic(group.topic())).orElse(Set.of());
        Map<TopicPartition, Long> ends = Topics.offsets(inquiry, partitions, OffsetSpec.latest());
        Map<TopicPartition, Long> begins = Topics.offsets(inquiry, partitions, OffsetSpec.earliest());
        return partitions.stream()
                .mapToLong(partition -> unsettled(
                        committed.get(partition), begins.getOrDefault(partition, 0L), ends.getOrDefault(partition, 0L)))
                .sum();
    }

    private static long unsettled(@Nullable OffsetAndMetadata committed, long begin, long end) {
        if (committed == null) {
            return end - begin;
        }
        long base = committed.offset();
        long settled = CommitMetadata.decode(base, committed.metadata()).settledAbove(base);
        return Math.max(0, Math.min(end - base - settled, end - begin));
    }

    private static int members(Inquiry inquiry, String name) {
        return inquiry.askUnless(
                        GroupIdNotFoundException.class,
                        admin -> Inquiry.answer(
                                admin.describeConsumerGroups(List.of(name)).describedGroups(), name))
                .map(description -> description.members().size())
                .orElse(0);
    }
}
