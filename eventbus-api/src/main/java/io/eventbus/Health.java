package io.eventbus;

import java.time.Instant;

/**
 * Whether a bus makes progress.
 *
 * @param status the verdict
 * @param reason for people: why it is not up, or, if it is, how many subscriptions are paused; empty if there is nothing to say
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
