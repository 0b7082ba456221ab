package io.eventbus.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where a command reads its lines. */
final class InputOption {
    private static final int BUFFER = 1 << 16;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(names = "--file", paramLabel = "FILE", description = "The lines; standard input if it is - or not given.")
    private @Nullable Path file;

    /**
     * Opens the file, or is standard input.
     *
     * @throws ParameterException if the file cannot be read
     */
    InputStream open(Console console) throws IOException {
        if (file == null || file.toString().equals("-")) {
            return console.in();
        }
        requireReadable(command, file);
        return new BufferedInputStream(Files.newInputStream(file), BUFFER);
    }

    /**
     * Refuses a file early that cannot be read.
     *
     * @throws ParameterException which says why
     */
    static void requireReadable(CommandSpec command, Path file) {
        if (Files.isReadable(file) && !Files.isDirectory(file)) { // be it a pipe
            return;
        }
        String reason = Files.isDirectory(file)
                ? "it is a directory"
                : Files.notExists(file) ? "there is none" : "no right to read it";
        throw new ParameterException(command.commandLine(), "cannot read the file " + file + ": " + reason);
    }
}
