package io.eventbus.cli;

import io.eventbus.DeadLetter;
import io.eventbus.DeadLetterFilter;
import io.eventbus.DeadLetters;
import io.eventbus.EventBusException;
import io.eventbus.ReplayOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Gives dead letters to their group again. */
@Command(
        name = "replay",
        header = "Gives dead letters to their group again.",
        description = {
            "",
            "The events reach the group that failed and no other, with their ids and headers, and their attempts are counted "
                    + "anew. Each letter is removed after the broker has accepted its event: what goes wrong in between may "
                    + "repeat one, and loses none. What fails again is a dead letter again.",
            "",
            "More than one at once, by their ids, by --all or by what they have in common, need --yes; so does one id that "
                    + "several letters have, as after an import. Ctrl-C ends it between two letters.",
            "",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  eventbus dlq replay --url amqp://localhost --topic orders --group billing ID",
            "  eventbus dlq replay --url amqp://localhost --topic orders --group billing \\",
            "      --type 'Order.*' --dry-run",
            "  eventbus dlq replay --url amqp://localhost --topic orders --group billing \\",
            "      --all --rate 50 --yes",
        })
final class DlqReplayCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DlqTarget target = new DlqTarget();

    @Mixin
    private DlqSelection selection = new DlqSelection();

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "At most so many events a second; as fast as the broker takes them if not given.")
    private double rate = Double.POSITIVE_INFINITY;

    @Option(names = "--dry-run", description = "Prints the ids of what would be replayed, and does nothing.")
    private boolean dryRun;

    @Mixin
    private DlqConfirmation confirmation = new DlqConfirmation();

    private long told;

    DlqReplayCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (!(rate > 0)) {
            throw new ParameterException(spec.commandLine(), "--rate is " + rate + "; expected above zero");
        }
        DeadLetterFilter filter = selection.require();
        return target.with(letters -> {
            if (dryRun) {
                return replay(letters, filter);
            }
            long count = letters.count(filter);
            if (isConfirmed(count, letters, filter)) {
                return replay(letters, filter);
            }
            return count == 0 ? replayNone(letters) : ExitCode.UNCONFIRMED;
        });
    }

    /** Whoever names one letter by its id means it. */
    private boolean isConfirmed(long count, DeadLetters letters, DeadLetterFilter filter) {
        boolean namesOne = selection.isOneId() && count <= 1;
        return namesOne || confirmation.isGiven(console, count, target.found(count, letters, filter), "replay");
    }

    /** What has come since it was counted, nobody has confirmed. */
    private int replayNone(DeadLetters letters) {
        boolean complete = selection.isComplete(console, letters, target);
        console.text().println("0 replayed");
        return complete ? ExitCode.OK : ExitCode.FAILED;
    }

    private int replay(DeadLetters letters, DeadLetterFilter filter) {
        boolean complete = selection.isComplete(console, letters, target);
        Progress progress = new Progress(console);
        ReplayOptions options = ReplayOptions.defaults().withRate(rate).onEach(letter -> tell(letter, progress));
        Interruption interruption = Interruption.call(Thread.currentThread()::interrupt, PATIENCE);
        int exitCode = ExitCode.FAILED;
        try {
            letters.replay(filter, dryRun ? options.asDryRun() : options);
            exitCode = complete ? ExitCode.OK : ExitCode.FAILED;
        } catch (EventBusException e) {
            console.err()
                    .println("eventbus: "
                            + (interruption.isToldToEnd() ? "told to end: " : "")
                            + e.getMessage()
                            + "; what was not replayed is still a dead letter");
        }
        console.text().println(told + (dryRun ? " would be replayed" : " replayed"));
        interruption.ended(exitCode);
        return exitCode;
    }

    private void tell(DeadLetter letter, Progress progress) {
        told++;
        if (dryRun) {
            console.text().println(letter.event().id());
        } else {
            progress.made(() -> told + " replayed");
        }
    }
}
