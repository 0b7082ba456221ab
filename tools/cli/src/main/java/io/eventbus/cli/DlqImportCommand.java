package io.eventbus.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Puts dead letters back that were exported. */
@Command(
        name = "import",
        header = "Puts exported dead letters into those of a group, which has to exist.",
        description = {
            "",
            "A line that is no dead letter ends it, and is named; those before it are in. Importing a line twice makes two "
                    + "letters of it.",
            "",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  eventbus dlq import --url amqp://localhost --topic orders --group billing \\",
            "      --file letters.jsonl",
            "  eventbus dlq export --url amqp://old --topic orders --group billing |",
            "      eventbus dlq import --url amqp://new --topic orders --group billing",
        })
final class DlqImportCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private DlqTarget target = new DlqTarget();

    @Mixin
    private InputOption input = new InputOption();

    DlqImportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        try (InputStream in = input.open(console)) {
            return target.with(letters -> {
                console.text().println(letters.importFrom(new LineIterator(new LineReader(in))) + " imported");
                return ExitCode.OK;
            });
        }
    }
}
