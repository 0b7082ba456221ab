package io.eventbus.benchmarks;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What was sent and is not answered: bounds it, waits for it, and keeps the first failure. Thread-safe. */
final class InFlight {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final int limit;
    private final Semaphore room;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    InFlight(int limit) {
        this.limit = limit;
        this.room = new Semaphore(limit);
    }

    /** Waits until one more may be sent. */
    void begin() throws IOException {
        acquire(1);
    }

    /** So many were answered. */
    void end(int count) {
        room.release(count);
    }

    /** One was answered; null if it was accepted. */
    void end(@Nullable Throwable problem) {
        if (problem != null) {
            failure.compareAndSet(null, problem);
        }
        end(1);
    }

    /** Waits until all is answered. */
    void awaitNone() throws IOException {
        acquire(limit);
        room.release(limit);
        requireSuccess();
    }

    private void acquire(int permits) throws IOException {
        try {
            if (!room.tryAcquire(permits) && !room.tryAcquire(permits, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                requireSuccess();
                throw new IOException("no answer to what was sent within " + PATIENCE.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the broker");
        }
    }

    private void requireSuccess() throws IOException {
        Throwable problem = failure.get();
        if (problem != null) {
            throw new IOException("an event was not accepted: " + problem.getMessage(), problem);
        }
    }
}
