package io.eventbus.cli;

import io.eventbus.cli.demo.Demos;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the demos. */
@Command(
        name = "demo",
        header = "Runs four demos: publish and subscribe, routing, groups, projections.",
        description = {
            "",
            "Without a URL they run on the in-memory broker. On a real broker they use topics of their own, named "
                    + "eventbus-demo and a random number, so that runs do not disturb each other; their groups are durable, so "
                    + "their queues stay there, empty, until you delete them.",
            "",
        },
        footerHeading = "%nExamples:%n",
        footer = {"  eventbus demo", "  eventbus demo --url amqp://guest:guest@localhost"})
final class DemoCommand implements Callable<Integer> {
    private static final String IN_MEMORY = "memory:";
    /** With a name, so that all buses of a demo share one broker. */
    private static final String SHARED_IN_MEMORY = "memory:demo";

    private final Console console;

    @Mixin
    private BrokerUrlOption url = new BrokerUrlOption();

    DemoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        String given = url.find().orElse(IN_MEMORY);
        String broker = given.equals(IN_MEMORY) ? SHARED_IN_MEMORY : given;
        new Demos(broker, SecretMask.mask(broker), console.text()).run();
        return ExitCode.OK;
    }
}
