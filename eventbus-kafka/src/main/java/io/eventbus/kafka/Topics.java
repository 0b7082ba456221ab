package io.eventbus.kafka;

import io.eventbus.spi.Group;
import io.eventbus.spi.TransportConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Makes the topics that do not exist yet. Those that do are used as they are. */
final class Topics {

    private static final String BROKERS_DEFAULT = "broker";

    /** What a broker takes unless it is told otherwise. */
    private static final int DEFAULT_MAX_RECORD = 1_048_588;

    private final int partitions;
    private final Optional<Short> replicationFactor;
    private final Map<String, String> settings = new HashMap<>();
    private final Map<String, String> deadLetterSettings = new HashMap<>();

    /** @throws IllegalArgumentException if the replication factor makes no sense */
    Topics(TransportConfig config, int maxRecord, int maxDeadLetter) {
        this.partitions = config.integer(KafkaTransportProvider.PARTITIONS);
        this.replicationFactor = replicationFactor(config.text(KafkaTransportProvider.REPLICATION_FACTOR));
        allow(maxRecord, settings);
        allow(maxDeadLetter, deadLetterSettings);
        // what was removed is compacted away; delete is there so that all can be removed at once, and deletes nothing
        // else
        deadLetterSettings.put("cleanup.policy", "compact,delete");
        deadLetterSettings.put("retention.ms", "-1");
        deadLetterSettings.put("retention.bytes", "-1");
    }

    private static void allow(int maxRecord, Map<String, String> topicSettings) {
        if (maxRecord > DEFAULT_MAX_RECORD) {
            topicSettings.put("max.message.bytes", Integer.toString(maxRecord));
        }
    }

    /** The partitions of a topic, which is made if it does not exist. */
    Set<TopicPartition> ensure(Inquiry inquiry, String topic) {
        return find(inquiry, topic).orElseGet(() -> create(inquiry, topic, partitions, settings));
    }

    /** Makes a place for the dead letters of a group, if it has none: of one partition, so that they keep their order. */
    void ensureDeadLetters(Inquiry inquiry, Group group) {
        String topic = KafkaNames.deadLetters(group);
        if (find(inquiry, topic).isEmpty()) {
            create(inquiry, topic, 1, deadLetterSettings);
        }
    }

    /** The partitions of a topic; empty if it does not exist. */
    static Optional<Set<TopicPartition>> find(Inquiry inquiry, String topic) {
        return inquiry.askUnless(
                        UnknownTopicOrPartitionException.class,
                        admin -> Inquiry.answer(
                                admin.describeTopics(List.of(topic)).topicNameValues(), topic))
                .map(description -> partitions(topic, description.partitions().size()));
    }

    /** Where these partitions begin or end. */
    static Map<TopicPartition, Long> offsets(Inquiry inquiry, Set<TopicPartition> partitions, OffsetSpec where) {
        Map<TopicPartition, OffsetSpec> question =
                partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> where));
        Map<TopicPartition, ListOffsetsResultInfo> answer =
                inquiry.ask(admin -> admin.listOffsets(question).all());
        return answer.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, offset -> offset.getValue().offset()));
    }

    private Set<TopicPartition> create(Inquiry inquiry, String topic, int count, Map<String, String> with) {
        NewTopic wanted = new NewTopic(topic, Optional.of(count), replicationFactor).configs(with);
        return inquiry.askUnless(TopicExistsException.class, admin -> {
                    CreateTopicsResult created = admin.createTopics(List.of(wanted));
                    return created.numPartitions(topic);
                })
                .map(made -> partitions(topic, made))
                .orElseGet(() -> findUntilKnown(inquiry, topic));
    }

    /** Another client has just made it; the broker that is asked may not know it yet. Fails when the inquiry's time is up. */
    private static Set<TopicPartition> findUntilKnown(Inquiry inquiry, String topic) {
        Optional<Set<TopicPartition>> found = find(inquiry, topic);
        while (found.isEmpty()) {
            found = find(inquiry, topic);
        }
        return found.get();
    }

    private static Set<TopicPartition> partitions(String topic, int count) {
        return Set.copyOf(IntStream.range(0, count)
                .mapToObj(number -> new TopicPartition(topic, number))
                .toList());
    }

    private static Optional<Short> replicationFactor(String text) {
        if (text.equals(BROKERS_DEFAULT)) {
            return Optional.empty();
        }
        if (!text.matches("[1-9]\\d{0,3}")) {
            throw new IllegalArgumentException("bad value of option "
                    + KafkaTransportProvider.REPLICATION_FACTOR.name() + ": expected a whole number above zero, or "
                    + BROKERS_DEFAULT);
        }
        return Optional.of(Short.valueOf(text));
    }
}
