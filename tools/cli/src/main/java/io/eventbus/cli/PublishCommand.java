package io.eventbus.cli;

import io.eventbus.EventBus;
import io.eventbus.spi.Capability;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Publishes the events in a file or on standard input. */
@Command(
        name = "publish",
        header = "Publishes the events of a file, one JSON object a line.",
        description = {
            "",
            "  {\"aggregateType\": \"Order\", \"type\": \"OrderPlaced\", \"key\": \"42\", \"data\": {...}}",
            "",
            "data is any JSON and goes out as it stands. The key may be missing; events of one key keep their order. "
                    + "Further fields are those that 'tail --json' prints: id, time, headers, routingKey, correlationId, "
                    + "causationId, aggregateVersion, schemaVersion, contentType, and dataBase64 in place of data.",
            "",
            "A line that is no event, or that the broker does not accept, is reported by its number, and the next one "
                    + "follows; when the broker has accepted nothing for 30 s the reading ends. The count at the end goes to "
                    + "standard output, everything else to standard error. Only groups that exist get the events.",
            "",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  eventbus publish --url amqp://localhost --topic orders --file orders.jsonl",
            "  eventbus tail --url amqp://old --topic orders --json |",
            "      eventbus publish --url amqp://new --topic orders",
        })
final class PublishCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private BrokerUrlOption url = new BrokerUrlOption();

    @Mixin
    private NamespaceOption namespace = new NamespaceOption();

    @Option(names = "--topic", paramLabel = "TOPIC", required = true, description = "Where to publish.")
    private String topic = "";

    @Mixin
    private InputOption input = new InputOption();

    @Option(names = "--strict", description = "Ends the reading with the first line that fails.")
    private boolean strict;

    PublishCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (InputStream in = input.open(console);
                EventBus bus =
                        namespace.builder().url(url.require()).topic(topic).build()) {
            bus.start();
            if (!bus.capabilities().contains(Capability.DURABLE)) {
                console.err()
                        .println(
                                "eventbus: nothing that this broker accepts outlives it, and a broker in memory ends with this process");
            }
            return publish(new LineReader(in), new PublishRun(bus, strict, console));
        }
    }

    /** An interruption waits for what is in flight, and not for this method: it may be reading from a terminal. */
    private int publish(LineReader lines, PublishRun run) throws IOException, InterruptedException {
        Interruption interruption = Interruption.call(run::interrupt, Duration.ZERO);
        int exitCode = ExitCode.FAILED;
        try {
            exitCode = run.publishAll(lines) ? ExitCode.OK : ExitCode.FAILED;
            return exitCode;
        } finally {
            interruption.ended(exitCode);
        }
    }
}
