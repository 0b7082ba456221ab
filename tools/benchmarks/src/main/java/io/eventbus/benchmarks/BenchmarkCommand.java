package io.eventbus.benchmarks;

import io.eventbus.EventBusException;
import io.eventbus.brokers.BrokerException;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The command: measures what it is asked to, shows its progress on standard error and the result on standard output. */
@Command(
        name = "tools/benchmarks/run",
        usageHelpAutoWidth = true,
        description = {
            "Measures the bus beside the brokers' own clients: rates and latencies of publish and of consume, as a table in "
                    + "Markdown.",
            "",
            "For each transport it starts a broker, or takes the one whose URL is in EVENTBUS_RABBITMQ_URL and so on. Bus and "
                    + "client take turns; take the ratios, and absolute figures from one machine only.",
            "",
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:something failed, as the message says", "2:the command line is wrong"})
final class BenchmarkCommand implements Callable<Integer> {
    private static final int SMALLEST = 100;
    private static final double NANOS_PER_SECOND = 1e9;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    @Option(
            names = "--transport",
            split = ",",
            paramLabel = "NAME",
            description = "Which to measure: ${COMPLETION-CANDIDATES}; all by default.")
    private List<Subject> subjects = List.of(Subject.values());

    @Option(
            names = "--size",
            split = ",",
            paramLabel = "BYTES",
            description = "Bytes of a payload, " + SMALLEST + " or more; 200 and 8192 by default.")
    private List<Integer> sizes = List.of(200, 8192);

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description =
                    "How often to measure, after a round that warms up and does not count; ${DEFAULT-VALUE} by default.")
    private int rounds = 3;

    @Option(
            names = "--seconds",
            paramLabel = "SECONDS",
            description =
                    "How long a measurement takes at most; a round has four for each client; ${DEFAULT-VALUE} by default.")
    private double seconds = 1;

    static CommandLine commandLine() {
        return new CommandLine(new BenchmarkCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(BenchmarkCommand::failed);
    }

    @Override
    public Integer call() throws IOException {
        check();
        List<Result> results = new ArrayList<>();
        for (Subject subject : subjects) {
            results.addAll(measure(subject));
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(new Report(results, rounds, seconds).markdown());
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    private List<Result> measure(Subject subject) throws IOException {
        PrintWriter progress = spec.commandLine().getErr();
        progress.println(subject + ": starting");
        try (Setup setup = subject.start()) {
            return run(sizes.stream()
                    .map(size -> new Comparison(subject, setup, load(size), progress))
                    .toList());
        }
    }

    /** All warm up before the first is measured: most of the code is common to all sizes. */
    private List<Result> run(List<Comparison> comparisons) throws IOException {
        for (Comparison comparison : comparisons) {
            comparison.warmUp();
        }
        List<Result> results = new ArrayList<>();
        for (Comparison comparison : comparisons) {
            results.add(comparison.run(rounds));
        }
        return results;
    }

    private Load load(int size) {
        return new Load(size, Duration.ofNanos((long) (seconds * NANOS_PER_SECOND)));
    }

    private void check() {
        require(sizes.stream().allMatch(size -> size >= SMALLEST), "--size: expected " + SMALLEST + " or more");
        require(rounds > 0, "--rounds: expected 1 or more");
        require(seconds > 0, "--seconds: expected more than 0");
    }

    private void require(boolean good, String problem) {
        if (!good) {
            throw new ParameterException(spec.commandLine(), problem);
        }
    }

    /** What can go wrong outside has a message that says it all; anything else is a defect and shows where it is. */
    private static int failed(Exception failure, CommandLine command, ParseResult parsed) throws Exception {
        if (failure instanceof IOException
                || failure instanceof BrokerException
                || failure instanceof EventBusException) {
            command.getErr().println("benchmarks: " + failure.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        throw failure;
    }
}
