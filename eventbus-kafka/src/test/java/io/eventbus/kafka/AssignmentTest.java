package io.eventbus.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a member hands over of the partitions that it has. */
class AssignmentTest {

    private static final TopicPartition PARTITION = new TopicPartition("t", 0);

    private final Assignment assignment = new Assignment(new Settlements(() -> {}));

    /** The member before had the first record, which is claimed again; that is not committed yet. */
    @BeforeEach
    void claimAgain() {
        CommitMetadata before = new CommitMetadata(11, new TreeMap<>(Map.of(10L, 1)));
        assignment.add(PARTITION, new OffsetAndMetadata(10, before.encode(10, MetadataLimit.DEFAULT)));
        assignment.add(fetched(10));
        assertThat(assignment.claimAgain()).isTrue();
    }

    @Test
    @DisplayName("what was claimed again is handed over")
    void taken() {
        assertThat(assignment.take(10)).hasSize(1);
    }

    @Test
    @DisplayName("what was claimed again of a partition that is lost before the commit is not handed over")
    void lost() {
        assignment.remove(Set.of(PARTITION));

        assertThat(assignment.take(10)).isEmpty();
    }

    @Test
    @DisplayName("what was claimed again of a partition that was lost is not handed over when the partition comes back")
    void comesBack() {
        assignment.add(PARTITION, new OffsetAndMetadata(11));

        assertThat(assignment.take(10)).isEmpty();
    }

    private static ConsumerRecord<byte[], byte[]> fetched(long offset) {
        byte[] text = "x".getBytes(StandardCharsets.UTF_8);
        return new ConsumerRecord<>(PARTITION.topic(), PARTITION.partition(), offset, text, text);
    }
}
