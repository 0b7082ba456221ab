package io.eventbus.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventbus.spi.Group;
import io.eventbus.spi.TransportException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What counts as waiting for the group, by a clock that is turned. */
class StandstillTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final TopicPartition PARTITION = new TopicPartition("t", 0);

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE); // which overflows soon
    private final Standstill standstill = new Standstill(new Group("t", "g"), LIMIT, clock::get);
    private final Rebalancing consumer = new Rebalancing();
    private final Wakeups wakeups = new Wakeups(consumer::wakeup);
    private final Commits commits = new Commits(consumer, wakeups, LIMIT, new MetadataLimit(), standstill);
    private final Assignment assignment = new Assignment(new Settlements(() -> {}));
    private final Rebalance rebalance =
            new Rebalance(assignment, commits, wakeups, (which, within) -> {}, LIMIT, standstill, () -> {});

    /** Kafka's own stand-in for a consumer, which may be in the middle of a rebalance. */
    private static final class Rebalancing extends MockConsumer<byte[], byte[]> {

        private boolean goesOn;

        Rebalancing() {
            super("earliest");
            assign(List.of(PARTITION));
        }

        @Override
        public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
            if (goesOn) {
                throw new RebalanceInProgressException();
            }
            super.commitSync(offsets, timeout);
        }
    }

    @AfterEach
    void close() {
        consumer.close();
    }

    @Test
    @DisplayName("a member that waits for nothing never waits too long")
    void idle() {
        pass(LIMIT.multipliedBy(10));

        assertMoves();
    }

    @Test
    @DisplayName("a wait counts from its beginning, however often it is noticed, and ends the session after the limit")
    void waiting() {
        standstill.waits();
        pass(LIMIT);
        standstill.waits();
        assertMoves();

        pass(Duration.ofNanos(1));

        assertStands();
    }

    @Test
    @DisplayName("a member that is let in waits no more")
    void letIn() {
        standstill.waits();

        rebalance.onPartitionsAssigned(Set.of());

        pass(LIMIT.plusNanos(1));
        assertMoves();
    }

    @Test
    @DisplayName("a member that lets go of partitions waits from then on")
    void letGo() {
        standstill.waits();
        pass(LIMIT);

        rebalance.onPartitionsRevoked(Set.of(PARTITION));

        pass(LIMIT);
        assertMoves();
        pass(Duration.ofNanos(1));
        assertStands();
    }

    @Test
    @DisplayName("a member that is thrown out waits")
    void thrownOut() {
        rebalance.onPartitionsLost(Set.of(PARTITION));

        pass(LIMIT.plusNanos(1));

        assertStands();
    }

    @Test
    @DisplayName("a member that a rebalance keeps from committing waits, until it can")
    void keptFromCommitting() {
        assignment.add(PARTITION, null);
        assignment.add(new ConsumerRecord<>(PARTITION.topic(), PARTITION.partition(), 0, new byte[0], new byte[0]));
        consumer.goesOn = true;
        assertThat(commits.commit(assignment.all())).isFalse();
        pass(LIMIT.plusNanos(1));
        assertStands();

        consumer.goesOn = false;
        assertThat(commits.commit(assignment.all())).isTrue();

        assertMoves();
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    private void assertMoves() {
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    private void assertStands() {
        assertThatThrownBy(this::check)
                .isInstanceOf(TransportException.class)
                .hasMessageContaining(
                        "for more than 30000 ms the group t.g has neither let this member in nor let it commit")
                .hasMessageContaining("kafka-consumer-groups --describe --state --group t.g");
    }

    private void check() {
        standstill.check(new KafkaErrors(KafkaUrl.parse(URI.create("kafka://localhost:1"))), "the session is over");
    }
}
