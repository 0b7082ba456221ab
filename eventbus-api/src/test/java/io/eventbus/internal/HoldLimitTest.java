package io.eventbus.internal;

import static io.eventbus.internal.EngineBench.LONG;
import static io.eventbus.internal.EngineBench.await;
import static io.eventbus.internal.EngineBench.message;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.eventbus.Binding;
import io.eventbus.BusError;
import io.eventbus.BusStats;
import io.eventbus.DeadLetterReason;
import io.eventbus.EventBusBuilder;
import io.eventbus.Health;
import io.eventbus.Subscription;
import io.eventbus.SubscriptionOptions;
import io.eventbus.internal.FedDelivery.Settlement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What becomes of deliveries that are held for almost as long as the broker lets a member hold them. The tests turn the clock. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class HoldLimitTest {

    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static final String KEY = "key";

    private final Arrived<String> begun = new Arrived<>();
    private final AtomicLong now = new AtomicLong();
    private final Queue<String> ended = new ConcurrentLinkedQueue<>();
    private final CountDownLatch hold = new CountDownLatch(1);

    /** A bus at a broker with a limit, which would never come back from a loss. */
    private EngineBench limited(UnaryOperator<EventBusBuilder> settings) {
        return new EngineBench(
                builder -> settings.apply(builder.reconnectBackoff(LONG, LONG)),
                new FedTransport(Optional.of(LIMIT)),
                now::get);
    }

    /** What was handed over so far is held for so long as the broker allows, and the engine may see that. */
    private void passLimit(FedReceiver receiver) {
        await(receiver.taken());
        now.addAndGet(LIMIT.toNanos());
        receiver.wakeup();
    }

    /** Its handler holds the event "held" until it is told to go on. */
    private EngineBench holding() {
        return holding(builder -> builder);
    }

    private EngineBench holding(UnaryOperator<EventBusBuilder> settings) {
        EngineBench bench = limited(settings);
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
    @DisplayName("the session ends, and the next one begins at once; what no handler has begun is forgotten")
    void nextSession() {
        try (EngineBench bench = holding()) {
            FedReceiver first = bench.start();
            first.deliver(message("held", KEY));
            first.deliver(message("behind", KEY));
            begun.await(0);
            passLimit(first);
            FedReceiver second = bench.transport().receivers().await(1);
            await(second.deliver(message("after", "other key")).settlement());
            hold.countDown();
            await(second.deliver(message("held again", KEY)).settlement());
            assertThat(begun.all()).containsExactly("held", "after", "held again");
            assertThat(bench.bus().stats())
                    .extracting(BusStats::reconnects, BusStats::released, BusStats::inFlight)
                    .containsExactly(1L, 2L, 0L);
        }
    }

    @Test
    @DisplayName("nothing is given back before the session ends, when all of it goes back in order")
    void nothingBefore() {
        List<FedDelivery> deliveries;
        try (EngineBench bench = holding()) {
            FedReceiver first = bench.start();
            deliveries = List.of(first.deliver(message("held", KEY)), first.deliver(message("behind", KEY)));
            begun.await(0);
            passLimit(first);
            bench.transport().receivers().await(1);
            hold.countDown();
        }
        assertThat(deliveries)
                .allSatisfy(delivery -> assertThat(delivery.settlement()).isNotDone());
    }

    @Test
    @DisplayName("that is no loss: no error is reported, and the bus is up")
    void isNoLoss() {
        Arrived<BusError> errors;
        try (EngineBench bench = holding()) {
            errors = bench.errors();
            FedReceiver first = bench.start();
            first.deliver(message("held", KEY));
            begun.await(0);
            passLimit(first);
            FedReceiver second = bench.transport().receivers().await(1);
            await(second.deliver(message("after", "other key")).settlement());
            assertThat(bench.bus().health().status()).isEqualTo(Health.Status.UP);
            hold.countDown();
        }
        assertThat(errors.all()).isEmpty();
    }

    @Test
    @DisplayName("a warning names the group and the limit, and says what to do")
    @ResourceLock(LoggedLines.LOCK)
    void warns() {
        String group = "slow";
        try (LoggedLines log = new LoggedLines(Level.WARN);
                EngineBench bench = holding(builder -> builder.group(group))) {
            FedReceiver receiver = bench.start();
            receiver.deliver(message("held", KEY));
            passLimit(receiver);
            assertThat(log.await("group " + group)).contains(LIMIT.toMillis() + " ms", "raise the limit");
            hold.countDown();
        }
    }

    @Test
    @DisplayName(
            "what comes again for the same key waits behind the handler that still runs, whose end settles nothing")
    void redeliveryWaits() {
        try (EngineBench bench = holding()) {
            FedReceiver first = bench.start();
            FedDelivery held = first.deliver(message("held", KEY));
            begun.await(0);
            passLimit(first);
            FedReceiver second = bench.transport().receivers().await(1);
            FedDelivery again = second.deliver(message("held again", KEY), 2);
            await(second.deliver(message("fence", "other key")).settlement());
            assertThat(begun.all()).doesNotContain("held again");
            hold.countDown();
            assertThat(await(again.settlement())).isEqualTo(Settlement.ACCEPTED);
            assertThat(ended).containsExactly("fence", "held", "held again");
            assertThat(held.settlement()).isNotDone();
        }
    }

    @Test
    @DisplayName("an event whose handler takes longer than the limit each time is a dead letter in the end")
    void neverGetsThrough() {
        int maxDeliveries = 2;
        Semaphore ends = new Semaphore(0);
        try (EngineBench bench = limited(builder -> builder.maxDeliveries(maxDeliveries))) {
            bench.handle(event -> {
                begun.add(event.id());
                ends.acquire();
            });
            FedReceiver receiver = bench.start();
            for (int count = 1; count <= maxDeliveries; count++) {
                receiver.deliver(message("a", KEY), count);
                begun.await(count - 1);
                passLimit(receiver);
                receiver = bench.transport().receivers().await(count);
                ends.release();
            }
            await(receiver.deliver(message("a", KEY), maxDeliveries + 1).settlement());
            assertThat(bench.bus().deadLetters().list(1))
                    .singleElement()
                    .satisfies(letter -> assertThat(letter.reason()).isEqualTo(DeadLetterReason.CRASH_LOOP));
        }
    }

    @Test
    @DisplayName("events behind it, which no handler has seen, do not come nearer to that")
    void behindIt() {
        int maxDeliveries = 2;
        int deliveries = 2 * maxDeliveries;
        try (EngineBench bench = limited(builder -> builder.maxDeliveries(maxDeliveries))) {
            bench.handle(event -> {
                begun.add(event.id());
                hold.await();
            });
            FedReceiver receiver = bench.start();
            receiver.deliver(message("held", KEY));
            FedDelivery last = receiver.deliver(message("behind", KEY));
            begun.await(0);
            for (int count = 2; count <= deliveries; count++) {
                passLimit(receiver);
                receiver = bench.transport().receivers().await(count - 1);
                last = receiver.deliver(message("behind", KEY), count);
            }
            hold.countDown();
            assertThat(await(last.settlement())).isEqualTo(Settlement.ACCEPTED);
            assertThat(bench.bus().deadLetters().count()).isZero();
        }
    }

    @Test
    @DisplayName(
            "a member that is paused begins a new session, as it may hold something, and goes on there when it is resumed")
    void paused() {
        try (EngineBench bench = limited(builder -> builder)) {
            Subscription subscription = bench.handle(event -> begun.add(event.id()));
            FedReceiver first = bench.start();
            await(first.deliver(message("before", KEY)).settlement());
            subscription.pause();
            first.awaitAskedForNothing();
            passLimit(first);
            FedDelivery again = bench.transport().receivers().await(1).deliver(message("again", KEY));
            subscription.resume();
            assertThat(await(again.settlement())).isEqualTo(Settlement.ACCEPTED);
        }
    }

    @Test
    @DisplayName("what waits for one paused subscription comes back at once, and to the others again")
    void pausedInPart() {
        try (EngineBench bench = limited(builder -> builder)) {
            bench.handle(event -> begun.add("first"));
            Subscription second = bench.handle(event -> begun.add("second"));
            second.pause();
            FedReceiver receiver = bench.start();
            receiver.deliver(message("a", KEY));
            begun.await(0);
            passLimit(receiver);
            FedDelivery again = bench.transport().receivers().await(1).deliver(message("a", KEY), 2);
            begun.await(1);
            second.resume();
            assertThat(await(again.settlement())).isEqualTo(Settlement.ACCEPTED);
            assertThat(begun.all()).containsExactly("first", "first", "second");
        }
    }

    @Test
    @DisplayName("a bus that closes gives nothing back while its handlers end, and settles what they have handled")
    void closing() throws InterruptedException {
        try (EngineBench bench = holding(builder -> builder.closeTimeout(LONG))) {
            FedReceiver receiver = bench.start();
            FedDelivery slow = receiver.deliver(message("held", KEY));
            begun.await(0);
            Thread closer = new Thread(bench::close);
            closer.start();
            await(receiver.drained());
            passLimit(receiver);
            receiver.awaitRound();
            assertThat(bench.transport().receivers().all()).hasSize(1);
            hold.countDown();
            assertThat(await(slow.settlement())).isEqualTo(Settlement.ACCEPTED);
            closer.join();
        }
    }

    @Test
    @DisplayName("an ephemeral subscription, which would lose what it gives back, goes on")
    void ephemeral() {
        try (EngineBench bench = limited(builder -> builder)) {
            bench.bus()
                    .subscribe(
                            Binding.raw(Binding.fanout()),
                            event -> hold.await(),
                            SubscriptionOptions.defaults().asEphemeral());
            FedReceiver receiver = bench.start();
            FedDelivery slow = receiver.deliver(message("slow", KEY));
            passLimit(receiver);
            receiver.awaitRound();
            assertThat(bench.transport().receivers().all()).hasSize(1);
            hold.countDown();
            assertThat(await(slow.settlement())).isEqualTo(Settlement.ACCEPTED);
        }
    }
}
