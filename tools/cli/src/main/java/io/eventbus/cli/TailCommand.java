package io.eventbus.cli;

import io.eventbus.Binding;
import io.eventbus.BusError;
import io.eventbus.EventBus;
import io.eventbus.EventBusBuilder;
import io.eventbus.Health;
import io.eventbus.RetryPolicy;
import io.eventbus.Subscription;
import io.eventbus.SubscriptionOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows the events of a topic as they arrive. */
@Command(
        name = "tail",
        header = "Shows the events of a topic as they arrive.",
        description = {
            "",
            "A line has time, type, key and the beginning of the payload. Events of one key come in their order.",
            "",
            "Says READY on standard error when it misses nothing that is published from then on. Ends with Ctrl-C, with "
                    + "--limit, or when nobody reads its output any more, in each case with exit code 0 and the count on "
                    + "standard error.",
            "",
            "Without --group it is an ephemeral subscription: it gets a copy of every event and leaves nothing behind; "
                    + "what is published while its connection is lost, which it reports, it misses. With --group it is a member of that "
                    + "group: it gets what the group has not handled, shares with the other members, and an event counts as "
                    + "handled when its line is written. What is not written stays with the group, also after kill -9; what was "
                    + "written just before may then come once more. What cannot be read goes to the group's dead letters, which is "
                    + "said on standard error. The group outlives the command.",
            "",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  eventbus tail --url amqp://localhost --topic orders",
            "  eventbus tail --url amqp://localhost --topic orders --type 'Order.*'",
            "  eventbus tail --url amqp://localhost --topic orders --group backup --json \\",
            "      >> orders.jsonl",
        })
final class TailCommand implements Callable<Integer> {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    /** How long a tail may take to be ready before it says that it waits. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private BrokerUrlOption url = new BrokerUrlOption();

    @Mixin
    private NamespaceOption namespace = new NamespaceOption();

    @Option(names = "--topic", paramLabel = "TOPIC", required = true, description = "What to show.")
    private String topic = "";

    @Option(names = "--group", paramLabel = "GROUP", description = "The group to be a member of.")
    private @Nullable String group;

    @Option(
            names = "--member",
            paramLabel = "NAME",
            description =
                    "Its name among the members of the group. On Redis a member that is started again under its name takes "
                            + "up at once and in order what it had not handled; elsewhere, and under another name, the broker "
                            + "first has to notice that it is gone, which takes Kafka and Redis 15 s after a crash.")
    private @Nullable String member;

    @Option(
            names = "--type",
            paramLabel = "PATTERN",
            description =
                    "Shows only events whose aggregateType.type fits, such as 'Order.*': * is exactly one word, # any "
                            + "number, dots separate words. With --group the others count as handled.")
    private String pattern = "#";

    @Option(names = "--limit", paramLabel = "N", description = "Ends after so many events.")
    private long limit = Long.MAX_VALUE;

    @Option(
            names = "--json",
            description =
                    "Prints a line of JSON an event, in the form that 'publish' reads, with id, time and headers.")
    private boolean json;

    TailCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (limit < 1) {
            throw new ParameterException(spec.commandLine(), "--limit is " + limit + "; expected 1 or more");
        }
        if (member != null && group == null) {
            throw new ParameterException(spec.commandLine(), "--member names a member of a group: give --group too");
        }
        if (Stream.of(pattern.split("\\.")).anyMatch(TailCommand::looksLikeWildcard)) {
            console.err()
                    .println("eventbus: in --type " + pattern
                            + ", * and # stand for words only where they are a word of their own, as in 'Order.*'");
        }
        Logs.hideWarnings();
        TailOutput output =
                new TailOutput(console.out(), json ? EventFormatter::format : ReadableFormatter::format, limit);
        try (EventBus bus = bus()) {
            Subscription tail = bus.subscribe(Binding.raw(Binding.topic(pattern)), output::write, options());
            CompletableFuture<Void> said = sayIfLate(tail.ready());
            bus.start();
            said.join();
            if (url.isInMemory()) {
                console.err()
                        .println(
                                "eventbus: a broker in memory lives in this process alone: what others publish does not arrive");
            }
            return show(bus, output);
        }
    }

    /** A word that is a wildcard and something more matches itself alone, which few will mean. */
    private static boolean looksLikeWildcard(String word) {
        return word.length() > 1 && (word.contains("*") || word.contains("#"));
    }

    /** Says that it waits when it is not ready soon; completes when that is said or needs no saying. */
    private CompletableFuture<Void> sayIfLate(CompletionStage<Void> ready) {
        String joining = group == null || !url.isKafka()
                ? ""
                : "; Kafka takes some seconds to let a member into its group, by default up to 15 s when another has crashed";
        return ready.toCompletableFuture()
                .copy()
                .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .handle((done, failure) -> failure instanceof TimeoutException)
                .thenAccept(late -> {
                    if (late) {
                        console.err().println("eventbus: waiting for the broker" + joining);
                    }
                });
    }

    /** Closes the bus before it counts: what is written until then belongs to it. */
    private int show(EventBus bus, TailOutput output) throws InterruptedException {
        Interruption interruption = Interruption.call(output::end, CLOSE_TIMEOUT.multipliedBy(2));
        int exitCode = ExitCode.FAILED;
        try {
            console.err().println("READY");
            output.awaitEnd();
            bus.close();
            console.err().println(output.count() + (output.count() == 1 ? " event" : " events"));
            exitCode = output.failure().map(this::report).orElse(ExitCode.OK);
            return exitCode;
        } finally {
            interruption.ended(exitCode);
        }
    }

    private EventBus bus() {
        EventBusBuilder builder = namespace
                .builder()
                .url(url.require())
                .topic(topic)
                .handlerConcurrency(1)
                .closeTimeout(CLOSE_TIMEOUT)
                .onError(this::tell)
                .onHealth(this::tell);
        if (group != null) {
            builder.group(group);
        }
        if (member != null) {
            builder.member(member);
        }
        return builder.build();
    }

    /** Writing fails only when the tail ends: an event that was not written must not become a dead letter. */
    private SubscriptionOptions options() {
        SubscriptionOptions options = SubscriptionOptions.defaults()
                .named("tail")
                .withRetry(RetryPolicy.defaults().withMaxAttempts(Integer.MAX_VALUE));
        return group == null ? options.asEphemeral() : options;
    }

    /** What it does not show, and the group has no more, or an ephemeral subscription misses. */
    private void tell(BusError error) {
        if (error.kind() == BusError.Kind.DEAD_LETTERED || error.kind() == BusError.Kind.DISCARDED) {
            String why = error.cause() == null ? "" : ": " + error.cause().getMessage();
            console.err().println("eventbus: " + SecretMask.mask(error.message() + why));
        }
    }

    /** In place of the log's warnings, of which each attempt to reach the broker makes some. */
    private void tell(Health health) {
        String missed = group == null ? "; what was published meanwhile is not shown" : "";
        console.err()
                .println(
                        health.status() == Health.Status.UP
                                ? "eventbus: the broker is back" + missed
                                : "eventbus: lost the broker, trying again: " + health.reason());
    }

    private int report(IOException failure) {
        console.err().println("eventbus: cannot write to standard output: " + failure.getMessage());
        return ExitCode.FAILED;
    }
}
