package io.eventbus.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A tail in a process of its own. */
final class TailProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;
    private final BufferedReader err;

    /** Starts it, and returns when it has said READY. */
    TailProcess(String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("tail"));
        arguments.addAll(List.of(options));
        process = Program.with(List.of(), arguments.toArray(String[]::new)).start();
        out = process.inputReader(UTF_8);
        err = process.errorReader(UTF_8);
        List<String> said = new ArrayList<>();
        while (!said.contains("READY")) {
            String line = err.readLine();
            if (line == null) {
                throw new AssertionError("the tail did not become ready: " + said);
            }
            said.add(line);
        }
    }

    /** The next line of its output; waits for it. */
    String readLine() throws IOException {
        return out.readLine();
    }

    /** The next line that it says besides; waits for it. */
    String readError() throws IOException {
        return err.readLine();
    }

    /** All that it says besides until it ends; waits for that. */
    List<String> readErrors() {
        return err.lines().toList();
    }

    /** Tells it to end, as Ctrl-C in its terminal does. */
    void interrupt() throws IOException, InterruptedException {
        Program.interrupt(process);
    }

    /** Tells it to end, as a terminal's closing or {@code kill} does. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** Ends it without giving it a chance, as {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new AssertionError("the tail does not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
