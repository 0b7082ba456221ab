package io.eventbus.cli;

import io.eventbus.DeadLetterFilter;
import java.io.IOException;
import java.util.List;
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
            if (!confirmation.isGiven(console, letters.count(filter), "remove", target)) {
                return ExitCode.UNCONFIRMED;
            }
            List<String> missing = selection.missing(letters);
            missing.forEach(id -> console.err().println("eventbus: no dead letter of " + target + " has the id " + id));
            console.text().println(letters.purge(filter) + " removed");
            return missing.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
        });
    }
}
