package io.eventbus.benchmarks;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** How long things took. Thread-safe. */
final class Latencies {
    private static final int SIGNIFICANT_DIGITS = 3;

    private final Histogram nanos = new ConcurrentHistogram(SIGNIFICANT_DIGITS);

    /** Records the time since a moment of {@link System#nanoTime()}. */
    void recordSince(long begin) {
        record(System.nanoTime() - begin);
    }

    void record(long duration) {
        nanos.recordValue(duration);
    }

    long count() {
        return nanos.getTotalCount();
    }

    /** {@return the microseconds that half of them took at most} */
    double median() {
        return microseconds(50);
    }

    /** {@return the microseconds that 99 of 100 took at most} */
    double high() {
        return microseconds(99);
    }

    private double microseconds(double percentile) {
        return nanos.getValueAtPercentile(percentile) / (double) TimeUnit.MICROSECONDS.toNanos(1);
    }
}
