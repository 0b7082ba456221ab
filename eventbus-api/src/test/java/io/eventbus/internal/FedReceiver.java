package io.eventbus.internal;

import io.eventbus.spi.Delivery;
import io.eventbus.spi.Message;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.ReceiverSpec;
import io.eventbus.spi.Revocations;
import io.eventbus.spi.RoutingPattern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A receiver that does in its polls what a test tells it to, in that order. */
final class FedReceiver implements Receiver {

    /** What a poll does next. */
    private sealed interface Step {}

    private record Hand(FedDelivery delivery) implements Step {}

    private record Order(Runnable order) implements Step {}

    private final ReceiverSpec spec;
    private final Revocations revocations;
    private final Runnable onClose;
    private final Queue<Step> steps = new ConcurrentLinkedQueue<>();
    private final Semaphore bell = new Semaphore(0);
    private final CompletableFuture<Thread> revoking = new CompletableFuture<>();
    private final CountDownLatch drained = new CountDownLatch(1);
    private final AtomicReference<Runnable> atNextWakeup = new AtomicReference<>(() -> {});
    private final Arrived<Integer> asked = new Arrived<>();

    FedReceiver(ReceiverSpec spec, Revocations revocations, Runnable onClose) {
        this.spec = spec;
        this.revocations = revocations;
        this.onClose = onClose;
    }

    ReceiverSpec spec() {
        return spec;
    }

    /** Hands a message over. */
    FedDelivery deliver(Message message) {
        return deliver(message, 1);
    }

    /** Hands a message over for a time by the broker's count. */
    FedDelivery deliver(Message message, int deliveryCount) {
        FedDelivery delivery = new FedDelivery(message, deliveryCount);
        next(new Hand(delivery));
        return delivery;
    }

    /** Takes deliveries back; completes when the engine has let go of them. */
    CompletableFuture<Void> revoke(Duration within, Delivery... lost) {
        List<Delivery> which = List.of(lost);
        CompletableFuture<Void> done = new CompletableFuture<>();
        next(new Order(() -> {
            revoking.complete(Thread.currentThread());
            revocations.revoking(which::contains, within);
            done.complete(null);
        }));
        return done;
    }

    /** Waits until the engine waits for what it has to let go of. */
    void awaitRevoking() {
        EngineBench.awaitParked(EngineBench.await(revoking));
    }

    /** Completes when the engine has all that was handed over before. */
    CompletableFuture<Void> taken() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        next(new Order(() -> done.complete(null)));
        return done;
    }

    /** Waits until the engine asks for nothing. */
    void awaitAskedForNothing() {
        int index = 0;
        while (asked.await(index) > 0) {
            index++;
        }
    }

    /** Waits until the engine has done what it does after a poll, after one that begins from now on. */
    void awaitRound() {
        int next = asked.all().size();
        wakeup();
        asked.await(next);
        wakeup();
        asked.await(next + 1);
    }

    /** Has whoever wakes it next do this first. */
    void atNextWakeup(Runnable action) {
        atNextWakeup.set(action);
    }

    /** Throws. */
    void fail(RuntimeException failure) {
        next(new Order(() -> {
            throw failure;
        }));
    }

    /** Open when the engine has asked for no more. */
    CountDownLatch drained() {
        return drained;
    }

    @Override
    public List<Delivery> poll(int maxMessages, Duration timeout) {
        asked.add(maxMessages);
        if (!hasWork(maxMessages)) {
            awaitBell(timeout);
        }
        bell.drainPermits();
        while (steps.peek() instanceof Order one) {
            steps.remove();
            one.order().run();
        }
        List<Delivery> taken = new ArrayList<>();
        while (taken.size() < maxMessages && steps.peek() instanceof Hand one) {
            steps.remove();
            taken.add(one.delivery());
        }
        return taken;
    }

    private boolean hasWork(int room) {
        return steps.peek() instanceof Order || (room > 0 && !steps.isEmpty());
    }

    private void awaitBell(Duration timeout) {
        try {
            if (bell.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                bell.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void next(Step step) {
        steps.add(step);
        wakeup();
    }

    @Override
    public void wakeup() {
        atNextWakeup.getAndSet(() -> {}).run();
        bell.release();
    }

    @Override
    public void bind(RoutingPattern pattern) {
        // everything is handed over anyway
    }

    @Override
    public void drain() {
        drained.countDown();
    }

    @Override
    public void close() {
        onClose.run();
    }
}
