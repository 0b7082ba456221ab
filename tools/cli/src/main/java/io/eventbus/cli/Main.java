package io.eventbus.cli;

/** Where the process begins. */
public final class Main {
    private Main() {}

    /**
     * Runs a command and ends the process.
     *
     * @param args the command and its options
     */
    public static void main(String[] args) {
        System.exit(EventBusCommand.commandLine(Console.ofProcess()).execute(args));
    }
}
