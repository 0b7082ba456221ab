package io.eventbus.tck;

/** How much more than by default the tests under load do, for long runs. */
public final class Stress {

    /** The system property with the factor, a whole number above 0. */
    public static final String PROPERTY = "eventbus.tck.stress";

    private Stress() {}

    /**
     * Multiplies a number of events.
     *
     * @param count the number in a usual run
     * @return the number in this run
     * @throws IllegalArgumentException if {@value #PROPERTY} is no whole number above 0
     */
    public static int times(int count) {
        int factor = Integer.getInteger(PROPERTY, 1);
        if (factor < 1) {
            throw new IllegalArgumentException(PROPERTY + " must be above 0, was " + factor);
        }
        return Math.multiplyExact(count, factor);
    }
}
