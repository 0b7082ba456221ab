package io.eventbus.cli.fuzz;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What became of the input.
 *
 * @param sent how much was sent
 * @param deadLettered how many are, or were, in the dead letters with all that was sent
 * @param exported how many have it when they are exported, too
 * @param handled how many were well-formed by chance, and handled, once or more often
 * @param missing how many are neither
 * @param misread how many were handled although nothing can read them
 * @param altered how many dead letters, and lines of their export, have a body that was not sent
 * @param headersAltered how many of them have the body, but not all attributes and headers that were sent with it, or others
 * @param difference what the first of these has, for people; null if there is none
 * @param repeated how many deliveries there were beyond one for each, and how many were both handled and dead-lettered
 * @param sessionsLost how often a session of the bus ended
 */
public record FuzzVerdict(
        long sent,
        long deadLettered,
        long exported,
        long handled,
        long missing,
        long misread,
        long altered,
        long headersAltered,
        @Nullable String difference,
        long repeated,
        long sessionsLost) {

    /** {@return whether all is exported, and nothing is missing, misread, altered, or repeated without a session that was lost} */
    public boolean isGood() {
        boolean explained = repeated == 0 || sessionsLost > 0;
        boolean complete = exported == deadLettered && missing == 0 && misread == 0;
        return complete && altered == 0 && headersAltered == 0 && explained;
    }

    /** One line for people. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "sent %,d: dead-lettered byte for byte %,d, exported so %,d, handled %,d, missing %d, misread %d, "
                        + "altered %d, headers altered %d%s, repeated %d, sessions lost %d",
                sent,
                deadLettered,
                exported,
                handled,
                missing,
                misread,
                altered,
                headersAltered,
                difference == null ? "" : " (the first: " + difference + ")",
                repeated,
                sessionsLost);
    }
}
