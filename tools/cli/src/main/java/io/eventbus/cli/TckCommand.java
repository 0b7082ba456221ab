package io.eventbus.cli;

import io.eventbus.tck.Inconclusive;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Scenario;
import io.eventbus.tck.chaos.Chaos;
import io.eventbus.tck.chaos.Script;
import io.eventbus.tck.chaos.Setting;
import io.eventbus.tck.chaos.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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
                    + "the summary to standard output.",
            "",
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all is sound", "1:something is not, or could not be tested", "2:the command line is wrong"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  eventbus tck --chaos --minutes 60 --seed 4711",
            "  eventbus tck --chaos --broker redis --minutes 10 \\",
            "      --redis-setting appendfsync=everysec",
        })
final class TckCommand implements Callable<Integer> {
    private static final double LONGEST_SEARCH = 180;

    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--chaos", required = true, description = "The chaos scenario; the only test that there is.")
    @SuppressWarnings("UnusedVariable") // picocli sees that it is given
    private boolean chaos;

    @Option(
            names = "--broker",
            paramLabel = "PRODUCT",
            description = "The broker to start: ${COMPLETION-CANDIDATES} (default: one after the other).")
    private @Nullable BrokerProduct only;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            description = "How long to publish; a fraction may be given (default: ${DEFAULT-VALUE}).")
    private double minutes = 1;

    @Option(names = "--seed", paramLabel = "N", description = "Decides what happens when; printed in each run.")
    private @Nullable Long seed;

    @Option(
            names = "--script",
            paramLabel = "FILE",
            description = "What happens when, in place of what the seed makes.")
    private @Nullable Path script;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Events published each second (default: ${DEFAULT-VALUE}).")
    private int rate = 250;

    @Option(
            names = "--members",
            paramLabel = "N",
            description = "Members at once, where keys keep their order across members (default: ${DEFAULT-VALUE}).")
    private int members = 2;

    @Option(
            names = "--redis-setting",
            paramLabel = "NAME=VALUE",
            description = "A setting of the Redis that is started, such as appendfsync=everysec.")
    private Map<String, String> redisSettings = Map.of();

    @Option(
            names = "--search-minutes",
            paramLabel = "N",
            description =
                    "How long to look for a shorter script when one fails (default: ten times --minutes, at most three hours).")
    private double search = -1;

    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            description = "Where history and script go (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of("target");

    TckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (!redisSettings.isEmpty() && only != null && only != BrokerProduct.REDIS) {
            throw new ParameterException(spec.commandLine(), "--redis-setting is for --broker redis");
        }
        Setting setting = setting();
        Logs.hideWarnings();
        int worst = ExitCode.OK;
        for (BrokerProduct product : only == null ? List.of(BrokerProduct.values()) : List.of(only)) {
            worst = Math.max(worst, play(product, setting));
        }
        return worst;
    }

    private int play(BrokerProduct product, Setting setting) throws IOException {
        List<String> arguments = product == BrokerProduct.REDIS ? redisArguments() : List.of();
        try (ThrowAwayBroker broker = ThrowAwayBroker.start(product, ChaosHarness.LISTENERS, arguments);
                Kit kit = Kit.on(new ChaosHarness(product, broker))) {
            console.err().printf("eventbus: %s, seed %d%n", broker.description(), setting.seed());
            Chaos scenario = new Chaos(kit, setting, folder);
            Verdict verdict = scenario.run(
                    script == null ? scenario.script() : Script.read(script),
                    progress -> console.err().println(progress));
            return report(product, verdict, setting);
        }
    }

    private List<String> redisArguments() {
        return redisSettings.entrySet().stream()
                .flatMap(setting -> Stream.of("--" + setting.getKey(), setting.getValue()))
                .toList();
    }

    private Setting setting() {
        if (minutes <= 0 || rate < 1 || members < 1) {
            throw new ParameterException(spec.commandLine(), "--minutes, --rate and --members must be above 0");
        }
        double searched = search < 0 ? Math.min(10 * minutes, LONGEST_SEARCH) : search;
        return new Setting(
                seed == null ? Scenario.newSeed() : seed,
                duration(minutes),
                Duration.ofMinutes(1),
                members,
                rate,
                Setting.KEYS,
                duration(searched));
    }

    private static Duration duration(double ofMinutes) {
        return Duration.ofMillis(Math.round(ofMinutes * 60_000));
    }

    private int report(BrokerProduct product, Verdict verdict, Setting setting) {
        console.text().println(verdict.tally());
        console.text().println("history: " + verdict.history());
        try {
            verdict.require(repeat(product, setting, verdict));
            console.text().println(verdict.judgement().describe());
            return ExitCode.OK;
        } catch (AssertionFailedError | Inconclusive e) {
            console.text().println(e.getMessage());
            return ExitCode.FAILED;
        }
    }

    private String repeat(BrokerProduct product, Setting setting, Verdict verdict) {
        String minimal =
                verdict.minimal().map(found -> " --script " + found.file()).orElse("");
        String settings = (product == BrokerProduct.REDIS ? redisSettings : Map.<String, String>of())
                .entrySet().stream().map(one -> " --redis-setting " + one).collect(Collectors.joining());
        return "./eventbus tck --chaos --broker " + product + settings + " --minutes " + minutes + " --seed "
                + setting.seed() + " --rate " + rate + " --members " + members + minimal;
    }
}
