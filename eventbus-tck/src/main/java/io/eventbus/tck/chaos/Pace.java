package io.eventbus.tck.chaos;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * How fast a scenario goes: by the clock, or by how many events were published, so that what happens among them is the same on a
 * machine that is slow. Thread-safe.
 */
final class Pace {

    private static final long POLL_NANOS = 500_000;

    private final LongSupplier millis;

    private Pace(LongSupplier millis) {
        this.millis = millis;
    }

    /** By the clock, from now on. */
    static Pace ofClock() {
        long begin = System.nanoTime();
        return new Pace(() -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
    }

    /** By the events that were published. */
    static Pace ofLoad(Load load, Setting setting) {
        return new Pace(() -> load.attempted() * 1000L / setting.eventsPerSecond());
    }

    /** How far it is, in milliseconds of the script. */
    long millis() {
        return millis.getAsLong();
    }

    /** Returns when it is so far. */
    void awaitMillis(long wanted) {
        while (millis() < wanted) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
