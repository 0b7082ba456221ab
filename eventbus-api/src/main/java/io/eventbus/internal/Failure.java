package io.eventbus.internal;

import io.eventbus.DeadLetterReason;

/**
 * Why one subscription could not handle an event this time.
 *
 * @param registration the subscription
 * @param reason what the event would be in the dead letters for
 * @param cause what was thrown
 */
record Failure(Registration registration, DeadLetterReason reason, Throwable cause) {

    /** Whether its handler was called and failed; else the event could not be given to it. */
    boolean ofHandler() {
        return reason == DeadLetterReason.ATTEMPTS_EXHAUSTED || reason == DeadLetterReason.NOT_RETRYABLE;
    }
}
