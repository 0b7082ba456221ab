package io.eventbus.rabbitmq;

import io.eventbus.spi.TransportException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the broker has pushed and nobody has fetched yet, bounded by the channel's prefetch. Thread-safe: the client's
 * thread adds, the engine's thread takes and waits, any thread wakes it.
 */
final class Arrivals {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<RabbitDelivery> arrived = new ArrayDeque<>();
    private boolean woken;
    private @Nullable TransportException end;

    void add(RabbitDelivery delivery) {
        change(() -> {
            if (end == null) {
                arrived.add(delivery);
            }
        });
    }

    /** The session is over: what has arrived belongs to the broker again. The first reason stays. */
    void end(TransportException reason) {
        change(() -> {
            end = end == null ? reason : end;
            arrived.clear();
        });
    }

    /** Makes the wait that goes on, or else the next, return at once. */
    void wake() {
        change(() -> woken = true);
    }

    /** Makes a wait that goes on look again at what else it waits for. */
    void nudge() {
        change(() -> {});
    }

    /**
     * Takes what has arrived, and waits for it if there is nothing.
     *
     * @param max how many at most; with zero arrivals end no wait
     * @param alsoFor what else ends the wait
     * @throws TransportException if the session is over
     */
    List<RabbitDelivery> take(int max, long nanos, BooleanSupplier alsoFor) {
        lock.lock();
        try {
            await(max, nanos, alsoFor);
            woken = false;
            if (end != null) {
                throw end;
            }
            List<RabbitDelivery> taken = new ArrayList<>(Math.min(max, arrived.size()));
            while (taken.size() < max && !arrived.isEmpty()) {
                taken.add(arrived.remove());
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Takes what has arrived, without waiting and whatever the state. */
    List<RabbitDelivery> takeAll() {
        lock.lock();
        try {
            List<RabbitDelivery> taken = List.copyOf(arrived);
            arrived.clear();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private void await(int max, long nanos, BooleanSupplier alsoFor) {
        long left = nanos;
        try {
            while (left > 0 && !woken && end == null && (max == 0 || arrived.isEmpty()) && !alsoFor.getAsBoolean()) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
