package io.eventbus.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventbus.spi.TransportException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How a long log of dead letters is read, and one that does not come. */
class DeadLetterLogTest {

    private static final TopicPartition PARTITION = new TopicPartition("t.g.dlq", 0);
    private static final int LETTERS = 20;

    /** Nobody listens there, and nothing is asked. */
    private final KafkaTransport transport =
            Fixture.transport(URI.create("kafka://127.0.0.1:1"), Map.of(), Duration.ofMinutes(5));

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");

    @BeforeEach
    void letters() {
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.updateEndOffsets(Map.of(PARTITION, (long) LETTERS));
    }

    @AfterEach
    void close() {
        transport.close();
    }

    @Test
    @DisplayName("a log takes as long as it takes while each part of it comes")
    void partByPart() {
        consumer.setMaxPollRecords(1);
        consumer.schedulePollTask(() -> {
            for (int offset = 0; offset < LETTERS; offset++) {
                consumer.addRecord(letter(offset));
            }
        });

        assertThat(DeadLetterLog.read(consumer, Set.of(PARTITION), this::hurried)
                        .live())
                .hasSize(LETTERS);
    }

    @Test
    @DisplayName("a log that does not come is given up, and its consumer closed")
    void doesNotCome() {
        assertThatThrownBy(() -> DeadLetterLog.read(consumer, Set.of(PARTITION), this::hurried))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("no answer in time");
        assertThat(consumer.closed()).isTrue();
    }

    @Test
    @DisplayName(
            "a log that does not come is given up after one wait, though the consumer's ends before the inquiry does")
    void waitEndsEarly() {
        consumer.schedulePollTask(() -> {});
        consumer.schedulePollTask(() -> {
            throw new AssertionError("asked again after a wait that brought nothing");
        });

        assertThatThrownBy(() -> DeadLetterLog.read(consumer, Set.of(PARTITION), this::patient))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("no answer in time");
        assertThat(consumer.lastPollTimeout()).isPositive();
    }

    @Test
    @DisplayName("a part of a log that holds no letter, as compaction leaves it, is a part that came")
    void gap() {
        consumer.schedulePollTask(() -> consumer.seek(PARTITION, LETTERS - 1));
        consumer.schedulePollTask(() -> consumer.addRecord(letter(LETTERS - 1)));

        assertThat(DeadLetterLog.read(consumer, Set.of(PARTITION), this::hurried)
                        .live())
                .hasSize(1);
    }

    /** Has run out of time when it begins. */
    private Inquiry hurried() {
        return inquiry(Duration.ZERO);
    }

    /** Has not run out of time when a consumer that does not wait has looked. */
    private Inquiry patient() {
        return inquiry(Duration.ofMinutes(5));
    }

    private Inquiry inquiry(Duration within) {
        Admin admin = transport.unwrap(Admin.class).orElseThrow();
        return new Inquiry(admin, transport.errors(), "cannot read", System.nanoTime() + within.toNanos());
    }

    private static ConsumerRecord<byte[], byte[]> letter(long offset) {
        byte[] key = ("letter " + offset).getBytes(StandardCharsets.UTF_8);
        return new ConsumerRecord<>(PARTITION.topic(), PARTITION.partition(), offset, key, key);
    }
}
