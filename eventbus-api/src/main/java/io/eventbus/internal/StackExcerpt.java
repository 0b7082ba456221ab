package io.eventbus.internal;

/**
 * The beginning of an exception's stack trace, for people. Bounded, since it travels as a header; without the messages of the
 * causes, which may hold what a client library knows of its configuration.
 */
final class StackExcerpt {
    private static final int MAX_FRAMES = 10;
    private static final int MAX_CAUSES = 4;
    private static final int MAX_CHARACTERS = 2000;

    private final StringBuilder text = new StringBuilder();

    private StackExcerpt() {}

    static String of(Throwable failure) {
        StackExcerpt excerpt = new StackExcerpt();
        excerpt.addFrames(failure);
        Throwable cause = failure.getCause();
        for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
            excerpt.addLine("caused by " + cause.getClass().getName());
            excerpt.addFrames(cause);
            cause = cause.getCause();
        }
        return excerpt.text.toString();
    }

    private void addFrames(Throwable failure) {
        StackTraceElement[] frames = failure.getStackTrace();
        for (int i = 0; i < Math.min(MAX_FRAMES, frames.length); i++) {
            addLine("at " + frames[i]);
        }
    }

    /** Whole lines only. */
    private void addLine(String line) {
        if (text.length() + line.length() < MAX_CHARACTERS) {
            text.append(text.isEmpty() ? "" : "\n").append(line);
        }
    }
}
