package io.eventbus;

import java.time.Instant;

/**
 * Whether a bus runs and reaches its broker. Says nothing of handlers: a slow or a stuck one shows in the statistics and in the
 * group's backlog.
 *
 * @param status the verdict
 * @param reason for people: why it is not up, or, if it is, how many subscriptions are paused; empty if there is nothing to say
 * @param since since when
 */
public record Health(Status status, String reason, Instant since) {

    /** The verdict. */
    public enum Status {
        /** All its sessions with the broker are open, and the broker takes what is published. */
        UP,
        /** It does not run, lacks a session, or what it publishes, buries or replays is not taken; it keeps trying unless it is closed. */
        DOWN
    }
}
