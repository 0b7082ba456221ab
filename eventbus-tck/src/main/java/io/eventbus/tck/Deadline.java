package io.eventbus.tck;

import java.time.Duration;

/** A moment on the monotonic clock until which something is awaited. Immutable. */
public final class Deadline {

    private final long endNanos;

    private Deadline(long endNanos) {
        this.endNanos = endNanos;
    }

    /**
     * Makes a deadline.
     *
     * @param limit the time from now
     * @return the deadline
     */
    public static Deadline after(Duration limit) {
        return new Deadline(System.nanoTime() + limit.toNanos());
    }

    /** {@return the nanoseconds left, 0 when it has passed} */
    public long remainingNanos() {
        return Math.max(0, endNanos - System.nanoTime());
    }

    /** {@return whether it has passed} */
    public boolean expired() {
        return remainingNanos() == 0;
    }
}
