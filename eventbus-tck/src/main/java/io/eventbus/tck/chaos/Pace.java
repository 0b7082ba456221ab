package io.eventbus.tck.chaos;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;

/**
 * How fast a scenario goes: by the clock, or by how many events were published, so that what happens among them is the same on a
 * machine that is slow. Thread-safe.
 */
final class Pace {

    private static final long POLL_NANOS = 500_000;

    private final LongSupplier millis;
    private final LongUnaryOperator napNanos;

    /** With how far it is, and how many nanoseconds to wait before the next look when so many milliseconds are missing. */
    private Pace(LongSupplier millis, LongUnaryOperator napNanos) {
        this.millis = millis;
        this.napNanos = napNanos;
    }

    /** By the clock, from now on. */
    static Pace ofClock() {
        long begin = System.nanoTime();
        return new Pace(() -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin), TimeUnit.MILLISECONDS::toNanos);
    }

    /** By the events that were published. */
    static Pace ofLoad(Load load, Setting setting) {
        return new Pace(() -> load.attempted() * 1000L / setting.eventsPerSecond(), missing -> POLL_NANOS);
    }

    /** How far it is, in milliseconds of the script. */
    long millis() {
        return millis.getAsLong();
    }

    /** Returns when it is so far. */
    void awaitMillis(long wanted) {
        for (long missing = wanted - millis(); missing > 0; missing = wanted - millis()) {
            LockSupport.parkNanos(napNanos.applyAsLong(missing));
        }
    }
}
