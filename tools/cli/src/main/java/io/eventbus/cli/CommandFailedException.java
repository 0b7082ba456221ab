package io.eventbus.cli;

/** A command cannot do what it is for; the message says why. */
public final class CommandFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param message for people
     */
    public CommandFailedException(String message) {
        super(message);
    }
}
