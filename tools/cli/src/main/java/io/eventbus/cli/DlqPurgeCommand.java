package io.eventbus.cli;

import io.eventbus.DeadLetterFilter;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Removes dead letters. */
@Command(
        name = "purge",
        header = "Removes dead letters for good.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  eventbus dlq purge --url amqp://localhost --topic orders --group billing \\",
            "      ID --yes",
            "  eventbus dlq purge --url amqp://localhost --topic orders --group billing \\",
            "      --before 2026-01-01T00:00:00Z --yes",
        })
final class DlqPurgeCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private DlqTarget target = new DlqTarget();

    @Mixin
    private DlqSelection selection = new DlqSelection();

    @Mixin
    private DlqConfirmation confirmation = new DlqConfirmation();

    DlqPurgeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        DeadLetterFilter filter = selection.require();
        return target.with(letters -> {
            long count = letters.count(filter);
            boolean confirmed = confirmation.isGiven(console, count, target.found(count, letters, filter), "remove");
            if (count > 0 && !confirmed) {
                return ExitCode.UNCONFIRMED;
            }
            boolean complete = selection.isComplete(console, letters, target);
            // what has come since it was counted, nobody has confirmed
            console.text().println((confirmed ? letters.purge(filter) : 0) + " removed");
            return complete ? ExitCode.OK : ExitCode.FAILED;
        });
    }
}
