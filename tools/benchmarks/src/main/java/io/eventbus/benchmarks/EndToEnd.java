package io.eventbus.benchmarks;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** Takes the time that events were on their way. The handler is called by any thread, the rest by one. */
final class EndToEnd implements LongConsumer {
    /** The time of an event that only warms up the way. */
    static final long UNTIMED = 0;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Latencies latencies = new Latencies();
    private final Semaphore arrived = new Semaphore(0);

    @Override
    public void accept(long time) {
        if (time != UNTIMED) {
            latencies.recordSince(time);
        }
        arrived.release();
    }

    /** Waits for so many more, untimed ones included. */
    Latencies await(int published) throws IOException {
        try {
            if (arrived.tryAcquire(published, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return latencies;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for events");
        }
        throw new IOException("of " + published + " events " + arrived.availablePermits() + " arrived within "
                + PATIENCE.toSeconds() + " s");
    }
}
