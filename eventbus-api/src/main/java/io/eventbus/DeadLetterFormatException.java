package io.eventbus;

import org.jspecify.annotations.Nullable;

/** A line that was to be imported is no dead letter. The lines before it are imported, it and those behind it are not. */
public final class DeadLetterFormatException extends EventBusException {
    private static final long serialVersionUID = 1L;

    /** The line. */
    private final long line;

    /**
     * A failure.
     *
     * @param line the number of the line, counted from 1
     * @param problem what is wrong with it, for people
     * @param cause what led to it, or null
     */
    public DeadLetterFormatException(long line, String problem, @Nullable Throwable cause) {
        super("line " + line + " is no dead letter: " + problem, cause);
        this.line = line;
    }

    /**
     * Which line.
     *
     * @return its number, counted from 1
     */
    public long line() {
        return line;
    }
}
