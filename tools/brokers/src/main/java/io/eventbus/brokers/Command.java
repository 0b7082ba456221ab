package io.eventbus.brokers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end. */
final class Command {
    private static final long LIMIT_SECONDS = 120;

    private Command() {}

    /**
     * Runs a program and gives back what it wrote to standard output.
     *
     * @param command the program and its arguments
     * @param environment all of its environment: it inherits nothing
     * @param input its standard input
     * @param scratch a directory for its output while it runs
     * @throws BrokerException if it ends with an error or not in time; the message names the program and has what it
     *     wrote, but not its arguments, which may hold a password
     */
    static String run(List<String> command, Map<String, String> environment, String input, Path scratch) {
        String program = command.get(0);
        try {
            Path directory = Files.createTempDirectory(scratch, "command");
            Path in = Files.writeString(directory.resolve("in"), input);
            Path out = directory.resolve("out");
            Path err = directory.resolve("err");
            try {
                int status = await(start(command, environment, in, out, err));
                String output = Files.readString(out);
                if (status != 0) {
                    throw new BrokerException(
                            program + " ended with status " + status + ": " + Files.readString(err) + output);
                }
                return output;
            } finally {
                for (Path path : List.of(in, out, err, directory)) {
                    Files.deleteIfExists(path);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Could not run " + program, e);
        }
    }

    private static Process start(List<String> command, Map<String, String> environment, Path in, Path out, Path err)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static int await(Process process) {
        try {
            if (process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            throw new BrokerException("The broker did not answer a command within " + LIMIT_SECONDS + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerException("Interrupted while a command to the broker was running", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
