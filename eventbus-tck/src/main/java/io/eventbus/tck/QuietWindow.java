package io.eventbus.tck;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.opentest4j.AssertionFailedError;

/**
 * A time in which nothing must happen, for what no fence can prove. Long enough that it would have happened: what took the
 * slowest of a hundred is multiplied. A time in which the machine did not let it look does not count: nothing may have been able to
 * happen in it either. It is a last resort; a test that can await a fence does.
 *
 * @param length how long to watch
 */
public record QuietWindow(Duration length) {

    /** The shortest window. */
    public static final Duration MINIMUM = Duration.ofMillis(300);

    /** How many times the 99th percentile of the latency a window lasts. */
    public static final int LATENCY_FACTOR = 20;

    private static final long POLL_NANOS = 2_000_000;

    /** What counts of the time between two looks. */
    private static final long MOST_NANOS = 10 * POLL_NANOS;

    /**
     * Makes a window for a transport.
     *
     * @param latencies from publish to handler, as measured on this transport at the start of the run
     * @return a window of {@value #LATENCY_FACTOR} times their 99th percentile, at least {@link #MINIMUM}
     */
    public static QuietWindow calibrated(Latencies latencies) {
        Duration scaled = latencies.p99().multipliedBy(LATENCY_FACTOR);
        return new QuietWindow(scaled.compareTo(MINIMUM) > 0 ? scaled : MINIMUM);
    }

    /**
     * Watches a condition for the length of the window, which takes longer where the machine does not let it look.
     *
     * @param what what must stay true, for the message: "no handler starts"
     * @param condition whether it still is; asked often, so it should be cheap
     * @throws AssertionFailedError as soon as it is not
     */
    public void holds(String what, BooleanSupplier condition) {
        long left = length.toNanos();
        long before = System.nanoTime();
        check(what, condition);
        while (left > 0) {
            LockSupport.parkNanos(POLL_NANOS);
            long now = System.nanoTime();
            left -= Math.min(MOST_NANOS, now - before);
            before = now;
            check(what, condition);
        }
    }

    private void check(String what, BooleanSupplier condition) {
        if (!condition.getAsBoolean()) {
            throw new AssertionFailedError("did not hold for " + length.toMillis() + " ms: " + what);
        }
    }
}
