package io.eventbus.benchmarks;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** Counts the events that a consumer handles, and nothing else. Thread-safe. */
final class Arrivals implements LongConsumer {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final int expected;
    private final CountDownLatch first = new CountDownLatch(1);
    private final CountDownLatch all;

    Arrivals(int expected) {
        this.expected = expected;
        this.all = new CountDownLatch(expected);
    }

    @Override
    public void accept(long time) {
        if (first.getCount() > 0) {
            first.countDown();
        }
        all.countDown();
    }

    /** Events a second, from the first on, until all have come or the time is over. */
    double rate(Duration time) throws IOException {
        if (!await(first, PATIENCE)) {
            throw new IOException("none of " + expected + " events arrived within " + PATIENCE.toSeconds() + " s");
        }
        long begin = System.nanoTime();
        long before = all.getCount();
        await(all, time);
        return Rate.perSecond(before - all.getCount(), System.nanoTime() - begin);
    }

    private static boolean await(CountDownLatch latch, Duration time) throws IOException {
        try {
            return latch.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for events");
        }
    }
}
