package io.eventbus.cli;

import io.eventbus.cli.demo.Demos;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the demos. */
@Command(
        name = "demo",
        header = "Runs four demos: publish and subscribe, routing, groups, projections.",
        description = {
            "",
            "Without a URL they run on the in-memory broker. On a real broker they use topics of their own, named "
                    + "eventbus-demo and a random number, so that runs do not disturb each other; their groups are durable, so "
                    + "what the broker keeps of them stays there, until you delete it.",
            "",
            "With --broker they run on a broker that is started for them and removed when they have ended. It comes from "
                    + "Docker, or is a process of this machine on ports of its own: what is installed of RabbitMQ or Redis, and "
                    + "a Kafka that Maven fetches. A URL in EVENTBUS_RABBITMQ_URL, EVENTBUS_REDIS_URL or EVENTBUS_KAFKA_URL is "
                    + "used instead, and left alone.",
            "",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  eventbus demo",
            "  eventbus demo --broker kafka",
            "  eventbus demo --url amqp://guest:guest@localhost"
        })
final class DemoCommand implements Callable<Integer> {
    private static final String IN_MEMORY = "memory:";
    /** With a name, so that all buses of a demo share one broker. */
    private static final String SHARED_IN_MEMORY = "memory:demo";

    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private BrokerUrlOption url = new BrokerUrlOption();

    @Option(
            names = "--broker",
            paramLabel = "PRODUCT",
            description = "Starts a broker for the demos: ${COMPLETION-CANDIDATES}.")
    private @Nullable BrokerProduct product;

    DemoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        if (product == null) {
            String given = url.find().orElse(IN_MEMORY);
            return runOn(given.equals(IN_MEMORY) ? SHARED_IN_MEMORY : given);
        }
        if (url.isGiven()) {
            throw new ParameterException(
                    spec.commandLine(), "--broker starts a broker, --url names one: give one of them");
        }
        return runOnNew(product);
    }

    private int runOnNew(BrokerProduct wanted) throws Exception {
        long begin = System.nanoTime();
        try (ThrowAwayBroker broker = ThrowAwayBroker.start(wanted)) {
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            console.err()
                    .printf(Locale.ROOT, "eventbus: %s, usable after %.1f s%n", broker.description(), millis / 1e3);
            return runOn(broker.url());
        }
    }

    private int runOn(String broker) throws Exception {
        new Demos(broker, SecretMask.mask(broker), console.text()).run();
        return ExitCode.OK;
    }
}
