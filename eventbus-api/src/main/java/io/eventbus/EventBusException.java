package io.eventbus;

import org.jspecify.annotations.Nullable;

/** Everything that the bus throws. Messages say what happened, where, with which value and what to do, and hold no secret. */
public class EventBusException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param message for people
     * @param cause what led to it, or null
     */
    public EventBusException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
