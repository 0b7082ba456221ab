package io.eventbus.benchmarks;

/** Where the process begins. */
public final class Main {
    private Main() {}

    /**
     * Measures and ends the process.
     *
     * @param args the options
     */
    public static void main(String[] args) {
        System.exit(BenchmarkCommand.commandLine().execute(args));
    }
}
