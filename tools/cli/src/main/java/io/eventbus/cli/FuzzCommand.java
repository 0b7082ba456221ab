package io.eventbus.cli;

import io.eventbus.cli.fuzz.FuzzRun;
import io.eventbus.cli.fuzz.FuzzVerdict;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Sends malformed input and looks for it in the dead letters. */
@Command(
        name = "fuzz",
        header = "Sends malformed input past the bus, and looks for each in the dead letters.",
        description = {
            "",
            "Random bytes, truncated and mutated events, wrong attributes and foreign messages go to a topic by the broker's "
                    + "own client, while a group handles it. Each has to end in the group's dead letters, and in their export, "
                    + "byte for byte and with the attributes and headers that it was sent with, and once unless a session "
                    + "was lost, as on a machine that is too slow; what is well-formed by chance is handled.",
            "",
            "With --broker it runs on a broker that is started for it. With --url the topic, named eventbus-fuzz and a random "
                    + "number, its group and its dead letters stay at the broker.",
            "",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  eventbus fuzz --broker redis --count 1000000",
            "  eventbus fuzz --url amqp://guest:guest@localhost --seed 7"
        })
final class FuzzCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private BrokerUrlOption url = new BrokerUrlOption();

    @Option(
            names = "--broker",
            paramLabel = "PRODUCT",
            description = "Starts a broker for it: ${COMPLETION-CANDIDATES}.")
    private @Nullable BrokerProduct product;

    @Option(names = "--count", paramLabel = "N", description = "How much to send; ${DEFAULT-VALUE} by default.")
    private long count = 10_000;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "With the same one, the same is sent; ${DEFAULT-VALUE} by default.")
    private long seed = 1;

    FuzzCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (count < 1) {
            throw new ParameterException(spec.commandLine(), "--count: expected 1 or more");
        }
        if ((product == null) != url.isGiven()) {
            throw new ParameterException(spec.commandLine(), "give either --broker or --url");
        }
        Logs.hideWarnings();
        if (product == null) {
            return run(url.require());
        }
        try (ThrowAwayBroker broker = ThrowAwayBroker.start(product)) {
            console.err().println("eventbus: " + broker.description());
            return run(broker.url());
        }
    }

    private int run(String broker) throws IOException {
        String topic = "eventbus-fuzz-" + UUID.randomUUID();
        FuzzVerdict verdict =
                new FuzzRun(broker, topic, seed, now -> console.err().println("eventbus: " + now)).run(count);
        console.text().println("seed " + seed + ", " + verdict);
        return verdict.isGood() ? ExitCode.OK : ExitCode.FAILED;
    }
}
