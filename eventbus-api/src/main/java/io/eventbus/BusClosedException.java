package io.eventbus;

/** The bus is closed, and stays so. */
public final class BusClosedException extends BusStateException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param message for people
     */
    public BusClosedException(String message) {
        super(message);
    }
}
