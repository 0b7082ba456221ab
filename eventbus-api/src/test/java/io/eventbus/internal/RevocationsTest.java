package io.eventbus.internal;

import static io.eventbus.internal.EngineBench.LONG;
import static io.eventbus.internal.EngineBench.await;
import static io.eventbus.internal.EngineBench.message;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.eventbus.BusError;
import io.eventbus.BusStats;
import io.eventbus.RetryPolicy;
import io.eventbus.internal.FedDelivery.Settlement;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What becomes of deliveries that a broker takes back while the session goes on. */
@Timeout(60)
class RevocationsTest {

    private static final String KEY = "key";

    private final Arrived<String> begun = new Arrived<>();
    private final Queue<String> ended = new ConcurrentLinkedQueue<>();
    private final CountDownLatch hold = new CountDownLatch(1);

    /** A bus whose handler holds the event "held" until it is told to go on. */
    private EngineBench holding() {
        EngineBench bench = new EngineBench();
        bench.handle(event -> {
            begun.add(event.id());
            if (event.id().equals("held")) {
                hold.await();
            }
            ended.add(event.id());
        });
        return bench;
    }

    @Test
    @DisplayName("what no handler has begun is forgotten, and counts as released")
    void forgetsWhatHasNotBegun() {
        try (EngineBench bench = holding()) {
            FedReceiver receiver = bench.start();
            FedDelivery held = receiver.deliver(message("held", KEY));
            FedDelivery behind = receiver.deliver(message("behind", KEY));
            begun.await(0);
            await(receiver.revoke(LONG, behind));
            assertThat(bench.bus().stats())
                    .extracting(BusStats::released, BusStats::inFlight)
                    .containsExactly(1L, 1L);
            hold.countDown();
            assertThat(await(held.settlement())).isEqualTo(Settlement.ACCEPTED);
            await(receiver.deliver(message("after", KEY)).settlement());
            assertThat(ended).containsExactly("held", "after");
        }
    }

    @Test
    @DisplayName("what is forgotten is never settled, not when the session ends either")
    void neverSettlesWhatIsForgotten() {
        FedDelivery behind;
        try (EngineBench bench = holding()) {
            FedReceiver receiver = bench.start();
            receiver.deliver(message("held", KEY));
            behind = receiver.deliver(message("behind", KEY));
            begun.await(0);
            await(receiver.revoke(LONG, behind));
            hold.countDown();
        }
        assertThat(behind.settlement()).isNotDone();
    }

    @Test
    @DisplayName("what a handler is busy with is waited for, and accepted as always")
    void waitsForWhatRuns() {
        try (EngineBench bench = holding()) {
            FedReceiver receiver = bench.start();
            FedDelivery held = receiver.deliver(message("held", KEY));
            begun.await(0);
            CompletableFuture<Settlement> whenLetGo = receiver.revoke(LONG, held)
                    .thenApply(done -> held.settlement().getNow(null));
            receiver.awaitRevoking();
            hold.countDown();
            assertThat(await(whenLetGo)).isEqualTo(Settlement.ACCEPTED);
            assertThat(bench.bus().stats())
                    .extracting(BusStats::handled, BusStats::released)
                    .containsExactly(1L, 0L);
        }
    }

    @Test
    @DisplayName("what does not end in time is not settled when it ends, and counts as released")
    void losesWhatIsLate() {
        FedDelivery held;
        try (EngineBench bench = holding()) {
            FedReceiver receiver = bench.start();
            held = receiver.deliver(message("held", KEY));
            begun.await(0);
            await(receiver.revoke(Duration.ZERO, held));
            hold.countDown();
            await(receiver.deliver(message("after", KEY)).settlement());
            assertThat(bench.bus().stats())
                    .extracting(BusStats::handled, BusStats::released, BusStats::inFlight)
                    .containsExactly(1L, 1L, 0L);
        }
        assertThat(held.settlement()).isNotDone();
    }

    @Test
    @DisplayName("a warning says how many did not end in time")
    @ResourceLock(LoggedLines.LOCK)
    void warnsOfWhatIsLate() {
        try (LoggedLines log = new LoggedLines(Level.WARN);
                EngineBench bench = holding()) {
            FedReceiver receiver = bench.start();
            FedDelivery held = receiver.deliver(message("held", KEY));
            begun.await(0);
            await(receiver.revoke(Duration.ZERO, held));
            hold.countDown();
            log.await("1 events went to another member of the group");
        }
    }

    @Test
    @DisplayName("what comes again for the same key waits behind the handler that still runs")
    void redeliveryWaits() {
        try (EngineBench bench = holding()) {
            FedReceiver receiver = bench.start();
            FedDelivery held = receiver.deliver(message("held", KEY));
            begun.await(0);
            await(receiver.revoke(Duration.ZERO, held));
            FedDelivery again = receiver.deliver(message("held again", KEY));
            await(receiver.deliver(message("fence", "other key")).settlement());
            assertThat(begun.all()).doesNotContain("held again");
            hold.countDown();
            assertThat(await(again.settlement())).isEqualTo(Settlement.ACCEPTED);
            assertThat(ended).containsExactly("fence", "held", "held again");
        }
    }

    @Test
    @DisplayName("what waits for its next attempt is forgotten, and its key is free")
    void forgetsWhatWaits() {
        RetryPolicy patient = RetryPolicy.defaults().withBackoff(LONG, LONG);
        try (EngineBench bench = new EngineBench(builder -> builder.retry(patient))) {
            bench.handle(event -> {
                begun.add(event.id());
                if (event.id().equals("fails")) {
                    throw new IllegalStateException("told to fail");
                }
            });
            FedReceiver receiver = bench.start();
            FedDelivery fails = receiver.deliver(message("fails", KEY));
            bench.errors().await(0);
            await(receiver.revoke(LONG, fails));
            assertThat(await(receiver.deliver(message("after", KEY)).settlement()))
                    .isEqualTo(Settlement.ACCEPTED);
            assertThat(begun.all()).containsExactly("fails", "after");
            assertThat(bench.bus().stats().released()).isOne();
            assertThat(fails.settlement()).isNotDone();
        }
    }

    @Test
    @DisplayName("what fails while it is waited for gets no further attempt")
    void noFurtherAttempt() {
        RetryPolicy hasty = RetryPolicy.defaults().withMaxAttempts(3).withBackoff(Duration.ofNanos(1), LONG);
        try (EngineBench bench = new EngineBench(builder -> builder.retry(hasty))) {
            bench.handle(event -> {
                begun.add("attempt " + event.attempt());
                hold.await();
                throw new IllegalStateException("told to fail");
            });
            FedReceiver receiver = bench.start();
            FedDelivery fails = receiver.deliver(message("fails", KEY));
            begun.await(0);
            CompletableFuture<Void> letGo = receiver.revoke(LONG, fails);
            receiver.awaitRevoking();
            hold.countDown();
            await(letGo);
            assertThat(begun.all()).containsExactly("attempt 1");
            assertThat(bench.bus().stats())
                    .extracting(BusStats::released, BusStats::retries)
                    .containsExactly(1L, 0L);
            assertThat(fails.settlement()).isNotDone();
        }
    }

    @Test
    @DisplayName("what has its dead letter stored too late is not settled, and counts as released")
    void lateDeadLetter() {
        CompletableFuture<Void> stored = new CompletableFuture<>();
        try (EngineBench bench = new EngineBench()) {
            bench.transport().answerSends(() -> stored);
            bench.handle(event -> {
                throw new IllegalStateException("told to fail");
            });
            FedReceiver receiver = bench.start();
            FedDelivery fails = receiver.deliver(message("fails", KEY));
            bench.transport().sent().await(0);
            await(receiver.revoke(Duration.ZERO, fails));
            stored.complete(null);
            assertThat(bench.errors().await(1).kind()).isEqualTo(BusError.Kind.DEAD_LETTERED);
            assertThat(bench.bus().stats())
                    .extracting(BusStats::deadLettered, BusStats::released)
                    .containsExactly(0L, 1L);
            assertThat(fails.settlement()).isNotDone();
        }
    }

    @Test
    @DisplayName("other deliveries go on")
    void othersGoOn() {
        try (EngineBench bench = holding()) {
            FedReceiver receiver = bench.start();
            FedDelivery held = receiver.deliver(message("held", KEY));
            FedDelivery behind = receiver.deliver(message("behind", KEY));
            FedDelivery stays = receiver.deliver(message("stays", KEY));
            begun.await(0);
            await(receiver.revoke(LONG, behind));
            hold.countDown();
            assertThat(List.of(await(held.settlement()), await(stays.settlement())))
                    .containsOnly(Settlement.ACCEPTED);
            assertThat(ended).containsExactly("held", "stays");
        }
    }
}
