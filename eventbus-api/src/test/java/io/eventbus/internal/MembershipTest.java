package io.eventbus.internal;

import static io.eventbus.internal.EngineBench.await;
import static io.eventbus.internal.EngineBench.awaitHeldUp;
import static io.eventbus.internal.EngineBench.awaitParked;
import static io.eventbus.internal.EngineBench.message;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.eventbus.Subscription;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;

/** How a bus leaves its group, and joins it again. */
@Timeout(60)
class MembershipTest {

    private final CountDownLatch hold = new CountDownLatch(1);

    @Test
    @DisplayName("who subscribes again joins the group when the last membership has ended, not before")
    @ResourceLock(LoggedLines.LOCK)
    void oneMembershipAtATime() {
        try (LoggedLines log = new LoggedLines(Level.DEBUG);
                EngineBench bench =
                        new EngineBench(builder -> builder.group("rejoined").closeTimeout(Duration.ofMillis(50)))) {
            Subscription first = bench.handle(event -> {});
            bench.start();
            bench.transport().onCloseReceiver(() -> await(hold));
            first.close();
            Subscription second = bench.handle(event -> {});
            log.await("group rejoined of topic orders waits until its last membership has ended");
            assertThat(bench.transport().receivers().all()).hasSize(1);
            hold.countDown();
            await(second.ready().toCompletableFuture());
            assertThat(bench.transport().receivers().all()).hasSize(2);
        }
    }

    @Test
    @DisplayName(
            "a receiver drains when all that no handler has begun is given back, not before: what it drains came later")
    void drainsLast() {
        Arrived<String> begun = new Arrived<>();
        CompletableFuture<Boolean> drainedEarly = new CompletableFuture<>();
        try (EngineBench bench = new EngineBench()) {
            bench.handle(event -> {
                begun.add(event.id());
                hold.await();
            });
            FedReceiver receiver = bench.start();
            receiver.deliver(message("held", "key"));
            receiver.deliver(message("second", "key"));
            receiver.deliver(message("third", "key"));
            begun.await(0);
            await(receiver.taken());
            receiver.atNextWakeup(() -> {
                receiver.awaitRound();
                drainedEarly.complete(receiver.drained().getCount() == 0);
                hold.countDown();
            });
            bench.bus().close();
            assertThat(await(drainedEarly)).isFalse();
            assertThat(receiver.drained().getCount()).isZero();
        }
    }

    @Test
    @DisplayName("who ends a membership that another thread ends has its receiver drain no sooner")
    void secondCloserDrainsNoSooner() throws InterruptedException {
        Arrived<String> begun = new Arrived<>();
        CompletableFuture<Boolean> drainedEarly = new CompletableFuture<>();
        try (EngineBench bench = new EngineBench()) {
            Subscription subscription = bench.handle(event -> {
                begun.add(event.id());
                hold.await();
            });
            Thread second = new Thread(subscription::close, "second closer");
            FedReceiver receiver = bench.start();
            receiver.deliver(message("held", "key"));
            receiver.deliver(message("second", "key"));
            begun.await(0);
            await(receiver.taken());
            receiver.atNextWakeup(() -> {
                second.start();
                awaitHeldUp(second);
                receiver.awaitRound();
                drainedEarly.complete(receiver.drained().getCount() == 0);
                hold.countDown();
            });
            bench.bus().close();
            assertThat(await(drainedEarly)).isFalse();
            second.join();
        }
    }

    @Test
    @DisplayName("whoever closes a subscription that another thread closes returns when it has ended, not before")
    void secondCloserWaits() throws InterruptedException {
        Arrived<String> begun = new Arrived<>();
        AtomicBoolean ended = new AtomicBoolean();
        CompletableFuture<Boolean> endedAtReturn = new CompletableFuture<>();
        try (EngineBench bench = new EngineBench()) {
            Subscription subscription = bench.handle(event -> {
                begun.add(event.id());
                hold.await();
                ended.set(true);
            });
            FedReceiver receiver = bench.start();
            receiver.deliver(message("held", "key"));
            begun.await(0);
            Thread first = new Thread(subscription::close, "first closer");
            first.start();
            await(receiver.drained());
            Thread second = new Thread(
                    () -> {
                        subscription.close();
                        endedAtReturn.complete(ended.get());
                    },
                    "second closer");
            second.start();
            awaitParked(second);
            hold.countDown();
            assertThat(await(endedAtReturn)).isTrue();
            first.join();
            second.join();
        }
    }
}
