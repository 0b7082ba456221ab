package io.eventbus.cli;

import io.eventbus.DeadLetters;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Writes dead letters as lines. */
@Command(
        name = "export",
        header = "Writes the dead letters of a group to standard output, one JSON object a line.",
        description = {
            "",
            "Each line is the whole message, byte for byte, with the diagnosis among its attributes; 'dlq import' reads it. The "
                    + "letters stay where they are. The count goes to standard error.",
            "",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  eventbus dlq export --url amqp://localhost --topic orders --group billing \\",
            "      > letters.jsonl",
        })
final class DlqExportCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private DlqTarget target = new DlqTarget();

    @Mixin
    private DlqFilter filter = new DlqFilter();

    DlqExportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        return target.with(this::export);
    }

    private int export(DeadLetters letters) throws IOException {
        try {
            return exportAll(letters);
        } catch (IOException e) {
            if (Console.isUnread(e)) {
                throw new CommandFailedException("nobody reads standard output any more: not all is exported");
            }
            throw e;
        }
    }

    private int exportAll(DeadLetters letters) throws IOException {
        try {
            OutputStream out = new BufferedOutputStream(console.out());
            long count = letters.exportTo(line -> write(out, line), filter.toFilter());
            out.flush();
            console.err().println(target.found(count, letters, filter.toFilter()));
            return ExitCode.OK;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void write(OutputStream out, String line) {
        try {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
