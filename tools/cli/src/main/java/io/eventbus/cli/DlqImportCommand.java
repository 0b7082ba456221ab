package io.eventbus.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DlqTarget target = new DlqTarget();

    @Option(names = "--file", paramLabel = "FILE", description = "The lines; standard input if it is - or not given.")
    private @Nullable Path file;

    DlqImportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        try (InputStream in = open()) {
            return target.with(letters -> {
                console.text().println(letters.importFrom(new LineIterator(new LineReader(in))) + " imported");
                return ExitCode.OK;
            });
        }
    }

    private InputStream open() throws IOException {
        if (file == null || file.toString().equals("-")) {
            return console.in();
        }
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new ParameterException(spec.commandLine(), "cannot read the file " + file);
        }
        return new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    }
}
