package io.eventbus.tck.chaos;

import io.eventbus.tck.Aside;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A clock for bounds that a busy machine must not break: it goes on by a millisecond whenever a thread of its own was given the
 * processor after waiting for one, and so stands still while this JVM does. Thread-safe.
 */
final class Beats implements AutoCloseable {

    private static final long BEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final AtomicLong count = new AtomicLong();
    private volatile boolean closed;

    /** Starts it. */
    Beats() {
        Aside.run(this::beat);
    }

    private void beat() {
        while (!closed) {
            LockSupport.parkNanos(BEAT_NANOS);
            count.incrementAndGet();
        }
    }

    /** Its time, in nanoseconds. */
    long nanos() {
        return count.get() * BEAT_NANOS;
    }

    /** Stops it. */
    @Override
    public void close() {
        closed = true;
    }
}
