package io.eventbus.spi;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A call to the broker failed. Says what kind of failure it is and what that means for a message that was being sent. */
public final class TransportException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What went wrong, as far as it matters for the reaction. */
    public enum Kind {
        /** The session or the broker is gone; another session may work. */
        UNAVAILABLE,
        /** No answer in time. */
        TIMEOUT,
        /** The broker, or the transport for it, does not take this message or this name; the session goes on. */
        REJECTED,
        /** The broker takes no message for this destination now, from nobody: it is full or blocked. It may later; the session goes on. */
        FULL,
        /** Wrong credentials, or no right to do this. */
        DENIED,
        /** Something of that name exists with other properties. */
        CONFLICT,
        /** A defect, of the transport or of the broker. */
        INTERNAL
    }

    /** What became of the message. Without meaning for calls that send none. */
    public enum Outcome {
        /** It was not taken and never will be delivered. */
        NOT_ACCEPTED,
        /** It may or may not have been taken. */
        UNKNOWN
    }

    /** What went wrong. */
    private final Kind kind;

    /** What became of the message. */
    private final Outcome outcome;

    /**
     * A failure.
     *
     * @param kind what went wrong
     * @param outcome what became of the message
     * @param message what happened, where, with which value, and what to do; no secret
     * @param cause the client library's exception, if there is one
     */
    public TransportException(Kind kind, Outcome outcome, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = Objects.requireNonNull(kind, "kind");
        this.outcome = Objects.requireNonNull(outcome, "outcome");
    }

    /**
     * What went wrong.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * What became of the message that was being sent.
     *
     * @return the outcome; without meaning for calls that send none
     */
    public Outcome outcome() {
        return outcome;
    }
}
