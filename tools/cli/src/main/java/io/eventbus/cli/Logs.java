package io.eventbus.cli;

/** What of the library's log is shown on standard error; {@code logback.xml} reads it. */
final class Logs {
    private static final String LEVEL = "eventbus.log.level";
    private static final String EXCEPTION = "eventbus.log.exception";

    private Logs() {}

    /** Has to come before the first line is logged: it stays so. */
    static void show(int verbosity) {
        if (verbosity > 0) {
            System.setProperty(LEVEL, verbosity == 1 ? "INFO" : "DEBUG");
            System.setProperty(EXCEPTION, "ex");
        }
    }

    /** For a command that makes warnings on purpose, or says itself what is wrong: none is shown, unless the user asked for more. */
    static void hideWarnings() {
        if (System.getProperty(LEVEL) == null) {
            System.setProperty(LEVEL, "ERROR");
        }
    }
}
