package io.eventbus.tck;

import org.jspecify.annotations.Nullable;

/**
 * Thrown by a test that did not reach its own precondition and therefore proves nothing. It fails the test: a transport does not
 * conform because a test of it came to nothing.
 */
public final class Inconclusive extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param missed what was not reached
     */
    public Inconclusive(String missed) {
        super(missed);
    }

    /**
     * Makes one with a cause.
     *
     * @param missed what was not reached
     * @param cause what prevented it, or null
     */
    public Inconclusive(String missed, @Nullable Throwable cause) {
        super(missed, cause);
    }

    /**
     * Returns normally if the precondition was reached.
     *
     * @param reached whether it was
     * @param precondition what should have been reached, for the message
     * @throws Inconclusive if it was not
     */
    public static void unless(boolean reached, String precondition) {
        if (!reached) {
            throw new Inconclusive("not reached: " + precondition);
        }
    }
}
