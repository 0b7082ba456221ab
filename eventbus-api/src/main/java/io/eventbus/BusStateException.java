package io.eventbus;

/** The bus is not in a state for this call: it is not started yet, or was started before. */
public class BusStateException extends EventBusException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param message for people
     */
    public BusStateException(String message) {
        super(message, null);
    }
}
