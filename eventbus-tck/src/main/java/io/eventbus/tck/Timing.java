package io.eventbus.tck;

import java.time.Duration;

/**
 * How long a run of the kit waits for what must happen. A wait ends when it has happened, so limits may be generous: they cost
 * time only where something fails.
 *
 * @param multiplier what every limit is multiplied with: above 1 on slow machines, below 1 where failures are expected
 * @param preconditions what the limits of preconditions are multiplied with: where failures are expected, a precondition that is
 *     missed for want of time would hide them
 */
public record Timing(double multiplier, double preconditions) {

    /** How long a test waits for what must happen, at multiplier 1. */
    public static final Duration POSITIVE_WAIT = Duration.ofSeconds(30);

    /** The system property that holds the multiplier. */
    public static final String MULTIPLIER_PROPERTY = "eventbus.tck.multiplier";

    /** The parameter that holds the multiplier of preconditions, for tests of the kit itself. */
    static final String PRECONDITIONS_PARAMETER = "eventbus.tck.preconditions";

    /**
     * Checks the multipliers.
     *
     * @throws IllegalArgumentException if one is not above 0
     */
    public Timing {
        if (!(multiplier > 0 && preconditions > 0)) {
            throw new IllegalArgumentException(
                    "multipliers must be above 0, were " + multiplier + " and " + preconditions);
        }
    }

    /**
     * One multiplier for everything.
     *
     * @param multiplier what every limit is multiplied with
     * @throws IllegalArgumentException if it is not above 0
     */
    public Timing(double multiplier) {
        this(multiplier, multiplier);
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
        return scaled(limit, multiplier);
    }

    /**
     * A limit of what is measured, or by how much that may exceed it. Failures that are expected do not make it smaller.
     *
     * @param slack the limit, or the slack, at multiplier 1
     * @return that of this run
     */
    public Duration slack(Duration slack) {
        return scaled(slack, Math.max(1, multiplier));
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
        return Await.atMost(times(limit), scaled(limit, preconditions));
    }

    /**
     * Makes waits for what was declared to take no longer. Failures that are expected do not make them smaller.
     *
     * @param limit what was declared, and the slack at multiplier 1
     * @return waits of this limit times the multiplier, if that is above 1, which fail the test
     */
    public Await declared(Duration limit) {
        return Await.atMost(scaled(limit, Math.max(1, multiplier)), scaled(limit, Math.max(1, preconditions)));
    }

    private static Duration scaled(Duration limit, double factor) {
        return Duration.ofNanos(Math.round(limit.toNanos() * factor));
    }
}
