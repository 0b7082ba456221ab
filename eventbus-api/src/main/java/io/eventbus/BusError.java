package io.eventbus;

import org.jspecify.annotations.Nullable;

/**
 * Something went wrong inside the bus that no caller was told.
 *
 * @param kind what
 * @param message for people
 * @param eventId the event, or null if it is not about one
 * @param cause what led to it, or null
 */
public record BusError(
        Kind kind,
        String message,
        @Nullable String eventId,
        @Nullable Throwable cause) {

    /** What went wrong. */
    public enum Kind {
        /** A handler failed; the event is handled again or goes to the dead letters. */
        HANDLER_FAILED,
        /** An event went to the dead letters; the cause is the last failure, of a handler or of decoding. */
        DEAD_LETTERED,
        /** An event was dropped by an explicit policy, or because an ephemeral subscription keeps no dead letters. */
        DISCARDED,
        /** A dead letter could not be stored; that is tried again, and the event stays unsettled until then. */
        DEAD_LETTER_FAILED,
        /** A session with the broker is lost; another is being opened. */
        SESSION_LOST,
        /** A defect of the bus or of the transport. */
        INTERNAL
    }
}
