package io.eventbus.brokers;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A program that runs in the directory of a {@link Reaper} and never outlives this JVM. */
final class ChildProcess {
    /** Waits for a word from this JVM, then becomes the program; without a word, because the JVM died, it ends. */
    private static final List<String> GATE = List.of("/bin/sh", "-c", "read -r go && exec \"$@\"", "sh");

    private static final Duration FREEZE_LIMIT = Duration.ofSeconds(10);

    private final String name;
    private final Process process;
    private final Path directory;
    private final Path log;

    private ChildProcess(String name, Process process, Path directory, Path log) {
        this.name = name;
        this.process = process;
        this.directory = directory;
        this.log = log;
    }

    /**
     * Starts a program once the reaper knows its pid.
     *
     * @param name its name in messages; its output goes to the file of that name and {@code .log}
     * @param command the program and its arguments
     * @param environment all of its environment: it inherits nothing
     * @param reaper kills it in the end; its directory is where the program works
     */
    static ChildProcess start(String name, List<String> command, Map<String, String> environment, Reaper reaper) {
        Path log = reaper.directory().resolve(name + ".log");
        try {
            Process process = builder(command, environment, reaper, log).start();
            try (OutputStream gate = process.getOutputStream()) {
                reaper.watch(process.pid());
                gate.write("go\n".getBytes(StandardCharsets.US_ASCII));
            }
            var unused = process.onExit().thenRun(() -> reaper.forget(process.pid()));
            return new ChildProcess(name, process, reaper.directory(), log);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not start " + command.get(0), e);
        }
    }

    private static ProcessBuilder builder(
            List<String> command, Map<String, String> environment, Reaper reaper, Path log) {
        List<String> gated = new ArrayList<>(GATE);
        gated.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(gated)
                .directory(reaper.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Returns when clients can use the program.
     *
     * @param probe throws until they can
     * @throws BrokerException if the program ends before or takes too long; it is gone then
     */
    void awaitUsable(Startup.Probe probe) {
        try {
            Startup.await(name, this::isAlive, this::log, probe);
        } catch (BrokerException e) {
            kill();
            throw e;
        }
    }

    /** Sends SIGKILL and returns when the process is gone. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /**
     * Sends SIGSTOP and returns when nothing in the process runs any more. The thread that takes the signal stops the others;
     * where it has to wait for a processor, they run on until then. Where the system does not tell, it returns at once.
     */
    void freeze() {
        signal("STOP");
        Path threads = Path.of("/proc", Long.toString(pid()), "task");
        long deadline = System.nanoTime() + FREEZE_LIMIT.toNanos();
        while (Files.isDirectory(threads) && isAlive() && !isStopped(threads)) {
            if (System.nanoTime() > deadline) {
                throw new BrokerException(name + " did not stand still within " + FREEZE_LIMIT.toSeconds() + " s");
            }
            Thread.onSpinWait();
        }
    }

    /** Whether each thread is stopped: state T, which follows the name in parentheses. */
    private static boolean isStopped(Path threads) {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(threads)) {
            for (Path thread : all) {
                String status = Files.readString(thread.resolve("stat"));
                if (!status.startsWith(") T", status.lastIndexOf(')'))) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            // a thread has ended while it was looked at
            return false;
        }
    }

    void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        List<String> command = List.of("/bin/sh", "-c", "kill -" + name + " " + process.pid());
        Command.run(command, Map.of(), "", directory);
    }

    private String log() {
        try {
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "(no log: " + e + ")";
        }
    }
}
