package io.eventbus.cli;

/** What of the library's log is shown on standard error; {@code logback.xml} reads it. */
final class Logs {
    private static final String LEVEL = "eventbus.log.level";

    private Logs() {}

    /** Has to come before the first line is logged: the level stays. */
    static void show(int verbosity) {
        switch (verbosity) {
            case 0 -> System.clearProperty(LEVEL);
            case 1 -> System.setProperty(LEVEL, "INFO");
            default -> System.setProperty(LEVEL, "DEBUG");
        }
    }
}
