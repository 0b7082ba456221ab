package io.eventbus;

import io.eventbus.spi.TransportException;

/**
 * The broker could not be reached, refused, or did not answer in time. Thrown by {@link EventBus#start()} and by what
 * asks the broker something; publishing has {@link PublishException}.
 */
public final class BrokerException extends EventBusException {
    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    private final TransportException.Kind kind;

    /**
     * A failure.
     *
     * @param message for people
     * @param cause what the transport said
     */
    public BrokerException(String message, TransportException cause) {
        super(message, cause);
        this.kind = cause.kind();
    }

    /**
     * What went wrong, as far as it matters for the reaction.
     *
     * @return such as {@code DENIED} for wrong credentials, {@code UNAVAILABLE} for an unreachable broker
     */
    public TransportException.Kind kind() {
        return kind;
    }
}
