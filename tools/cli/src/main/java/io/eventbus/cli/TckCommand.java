package io.eventbus.cli;

import io.eventbus.tck.Kit;
import io.eventbus.tck.chaos.Chaos;
import io.eventbus.tck.chaos.Script;
import io.eventbus.tck.chaos.Setting;
import io.eventbus.tck.chaos.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a long test of the conformance kit. */
@Command(
        name = "tck",
        header = "Breaks a broker and its clients for as long as you like, and checks that nothing is lost.",
        description = {
            "",
            "With --chaos, two buses publish while connections are cut or fall silent, the broker is killed, restarted and "
                    + "frozen, members in JVMs of their own are killed, and handlers fail. What happened goes to a file, one JSON "
                    + "object a line, and is checked: nothing accepted is lost, nothing unpublished or refused is handled, every "
                    + "repeat has a cause, keys keep their order. A script that fails is shortened; it and the command that "
                    + "repeats it are printed.",
            "",
            "The broker is started for the test and removed after it, as in 'demo --broker'; without --broker, one after the other. Progress goes to standard error, "
                    + "the summary to standard output. Ctrl-C ends it: what happened until then is written down, and nothing is proved.",
            "",
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all is sound",
            "1:something is not",
            "2:the command line is wrong",
            "4:something could not be tested, and nothing else is wrong"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  eventbus tck --chaos --minutes 60 --seed 4711",
            "  eventbus tck --chaos --broker redis --minutes 10 \\",
            "      --redis-setting appendfsync=everysec",
        })
final class TckCommand implements Callable<Integer> {
    /** Buses that have lost their broker take a while to close. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Console console;
    private volatile boolean stopped;
    private volatile @Nullable Chaos playing;

    @Option(names = "--chaos", required = true, description = "The chaos scenario; the only test that there is.")
    @SuppressWarnings("UnusedVariable") // picocli sees that it is given
    private boolean chaos;

    @Mixin
    private ChaosOptions options = new ChaosOptions();

    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            description =
                    "Where history and script go, under names that no run before has used (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of("target");

    TckCommand(Console console) {
        this.console = console;
    }

    /** What is asked for. */
    ChaosOptions options() {
        return options;
    }

    @Override
    public Integer call() throws IOException {
        Optional<Script> script = options.script();
        Setting setting = options.setting(script);
        Logs.hideWarnings();
        ChaosTour tour = new ChaosTour(console, options, setting.seed());
        Interruption interruption = Interruption.call(this::stop, PATIENCE);
        int exitCode = ExitCode.FAILED;
        try {
            exitCode = tour.run(options.brokers(), product -> play(product, setting, script));
            return exitCode;
        } finally {
            interruption.ended(exitCode);
        }
    }

    private void stop() {
        console.err().println("eventbus: ending, and writing down what happened until now");
        stopped = true;
        Chaos now = playing;
        if (now != null) {
            now.stop();
        }
    }

    private Verdict play(BrokerProduct product, Setting setting, Optional<Script> script) throws IOException {
        if (stopped) {
            throw new CommandFailedException("the command was told to end");
        }
        try (ThrowAwayBroker broker =
                        ThrowAwayBroker.start(product, ChaosHarness.LISTENERS, options.arguments(product));
                Kit kit = Kit.on(new ChaosHarness(product, broker))) {
            console.err().printf("eventbus: %s, seed %d%n", broker.description(), setting.seed());
            Chaos scenario = new Chaos(kit, setting, folder);
            playing = scenario;
            if (stopped) {
                scenario.stop();
            }
            return scenario.run(
                    script.orElseGet(scenario::script),
                    progress -> console.err().println(progress));
        }
    }
}
