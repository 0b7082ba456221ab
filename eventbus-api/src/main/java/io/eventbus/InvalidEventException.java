package io.eventbus;

import io.eventbus.spi.TransportException;
import org.jspecify.annotations.Nullable;

/**
 * The event cannot be published as it is: not registered, not encodable, too large, or with a header that the transport
 * cannot carry. Nothing was sent; publishing it again cannot help.
 */
public final class InvalidEventException extends PublishException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param eventId the event's id
     * @param message for people
     * @param cause what led to it, or null
     */
    public InvalidEventException(String eventId, String message, @Nullable Throwable cause) {
        super(eventId, TransportException.Outcome.NOT_ACCEPTED, message, cause);
    }
}
