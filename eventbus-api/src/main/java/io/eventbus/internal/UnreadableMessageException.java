package io.eventbus.internal;

import org.jspecify.annotations.Nullable;

/** A message from which no event can be made. */
final class UnreadableMessageException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With what the codec threw as its cause, or none. */
    UnreadableMessageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
