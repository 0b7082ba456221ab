package io.eventbus;

import java.time.Instant;

/**
 * Whether a bus makes progress.
 *
 * @param status the verdict
 * @param reason why it is not up, for people; empty if it is
 * @param since since when
 */
public record Health(Status status, String reason, Instant since) {

    /** The verdict. */
    public enum Status {
        /** Publishes and deliveries flow. */
        UP,
        /** They do not, or not all; the bus keeps trying unless it is closed. */
        DOWN
    }
}
