package io.eventbus.cli.fuzz;

import java.util.Locale;

/**
 * What became of the input.
 *
 * @param sent how much was sent
 * @param deadLettered how many are, or were, in the dead letters with the bytes that were sent
 * @param exported how many of these, exported, have these bytes too
 * @param handled how many were well-formed by chance, and handled, once or more often
 * @param missing how many are neither
 * @param altered how many dead letters have bytes that were not sent
 * @param repeated how many deliveries there were beyond one for each, and how many were both handled and dead-lettered
 * @param sessionsLost how often a session of the bus ended
 */
public record FuzzVerdict(
        long sent,
        long deadLettered,
        long exported,
        long handled,
        long missing,
        long altered,
        long repeated,
        long sessionsLost) {

    /** {@return whether all is exported, and nothing is missing, altered, or repeated without a session that was lost} */
    public boolean isGood() {
        boolean explained = repeated == 0 || sessionsLost > 0;
        return exported == deadLettered && missing == 0 && altered == 0 && explained;
    }

    /** One line for people. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "sent %,d: dead-lettered byte for byte %,d, exported so %,d, handled %,d, missing %d, altered %d, repeated %d, sessions lost %d",
                sent,
                deadLettered,
                exported,
                handled,
                missing,
                altered,
                repeated,
                sessionsLost);
    }
}
