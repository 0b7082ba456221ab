package io.eventbus.tck;

import java.time.Duration;

/**
 * How long a run of the kit waits for what must happen.
 *
 * @param multiplier what every limit is multiplied with: above 1 on slow machines, below 1 where failures are expected
 */
public record Timing(double multiplier) {

    /** How long a test waits for what must happen, at multiplier 1. */
    public static final Duration POSITIVE_WAIT = Duration.ofSeconds(10);

    /** The system property that holds the multiplier. */
    public static final String MULTIPLIER_PROPERTY = "eventbus.tck.multiplier";

    /**
     * Checks the multiplier.
     *
     * @throws IllegalArgumentException if it is not above 0
     */
    public Timing {
        if (!(multiplier > 0)) {
            throw new IllegalArgumentException("multiplier must be above 0, was " + multiplier);
        }
    }

    /**
     * Reads {@value #MULTIPLIER_PROPERTY}.
     *
     * @return the timing that it asks for, with multiplier 1 if it is not set
     * @throws IllegalArgumentException if it is no number above 0
     */
    public static Timing fromSystemProperties() {
        String value = System.getProperty(MULTIPLIER_PROPERTY, "1");
        try {
            return new Timing(Double.parseDouble(value));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(MULTIPLIER_PROPERTY + " must be a number, was '" + value + "'", e);
        }
    }

    /**
     * Multiplies a limit.
     *
     * @param limit the limit at multiplier 1
     * @return the limit of this run
     */
    public Duration times(Duration limit) {
        return Duration.ofNanos(Math.round(limit.toNanos() * multiplier));
    }

    /** {@return waits of {@link #POSITIVE_WAIT} times the multiplier, which fail the test} */
    public Await await() {
        return await(POSITIVE_WAIT);
    }

    /**
     * Makes waits with a limit of their own, for what has a declared time.
     *
     * @param limit the limit at multiplier 1
     * @return waits of this limit times the multiplier, which fail the test
     */
    public Await await(Duration limit) {
        return Await.atMost(times(limit));
    }
}
