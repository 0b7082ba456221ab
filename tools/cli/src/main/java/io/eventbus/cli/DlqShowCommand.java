package io.eventbus.cli;

import io.eventbus.DeadLetter;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows one dead letter with its why. */
@Command(
        name = "show",
        header = "Shows one dead letter: the event, and why it is here.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  eventbus dlq show --url amqp://localhost --topic orders --group billing ID",
        })
final class DlqShowCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private DlqTarget target = new DlqTarget();

    @Parameters(paramLabel = "ID", description = "The id of its event.")
    private String id = "";

    @Option(
            names = "--json",
            description = "Prints it as a line of JSON, with the whole payload; its event is in the field event.")
    private boolean json;

    DlqShowCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        return target.with(letters -> {
            Optional<DeadLetter> found = letters.find(id);
            DeadLetter letter = found.orElseThrow(
                    () -> new CommandFailedException("no dead letter of " + target + " has the id " + id));
            console.text().println(json ? DeadLetterFormatter.json(letter) : DeadLetterFormatter.text(letter));
            return ExitCode.OK;
        });
    }
}
