package io.eventbus;

import io.eventbus.spi.TransportException;
import org.jspecify.annotations.Nullable;

/** An event was not published, or it is not known whether it was. */
public class PublishException extends EventBusException {
    private static final long serialVersionUID = 1L;

    /** The event. */
    private final String eventId;

    /** What became of it. */
    private final TransportException.Outcome outcome;

    /**
     * A failure.
     *
     * @param eventId the event's id
     * @param outcome what became of the event
     * @param message for people
     * @param cause what led to it, or null
     */
    public PublishException(
            String eventId, TransportException.Outcome outcome, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.eventId = eventId;
        this.outcome = outcome;
    }

    /**
     * Which event.
     *
     * @return its id
     */
    public String eventId() {
        return eventId;
    }

    /**
     * What became of it.
     *
     * @return {@code NOT_ACCEPTED}: it will never be delivered; {@code UNKNOWN}: it may or may not be
     */
    public TransportException.Outcome outcome() {
        return outcome;
    }
}
