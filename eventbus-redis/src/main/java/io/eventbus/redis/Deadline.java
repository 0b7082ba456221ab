package io.eventbus.redis;

import java.time.Duration;

/** When something has to have ended. */
record Deadline(long nanos) {

    /** Over already. */
    static final Deadline NOW = in(Duration.ZERO);

    static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    long nanosLeft() {
        return nanos - System.nanoTime();
    }

    boolean isOver() {
        return nanosLeft() <= 0;
    }

    /** The earlier of this and the end of so much time. */
    Deadline atMost(long nanosFromNow) {
        return new Deadline(System.nanoTime() + Math.min(nanosFromNow, nanosLeft()));
    }
}
