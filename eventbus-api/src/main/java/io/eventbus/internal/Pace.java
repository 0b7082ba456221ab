package io.eventbus.internal;

import io.eventbus.EventBusException;
import java.time.Duration;

/** Keeps a long operation to a rate, on the caller's thread, and ends it when the bus closes. Used by one thread. */
final class Pace {
    private static final double SECOND_NANOS = 1e9;
    private static final double LONGEST_NANOS = Duration.ofDays(365).toNanos();

    private final Lifecycle lifecycle;
    private final long interval;
    private long next = System.nanoTime();

    /** At most so many steps a second; the first one at once. */
    Pace(Lifecycle lifecycle, double maxPerSecond) {
        this.lifecycle = lifecycle;
        this.interval = (long) Math.min(SECOND_NANOS / maxPerSecond, LONGEST_NANOS);
    }

    /** Waits until the next step may be taken. What was missed is not caught up. */
    void step() {
        long now = System.nanoTime();
        Duration pause = Duration.ofNanos(Math.max(0, next - now));
        next = Math.max(now, next) + interval;
        try {
            if (lifecycle.awaitClosing(pause)) {
                throw lifecycle.closedException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EventBusException("the thread was interrupted between two dead letters", e);
        }
    }
}
