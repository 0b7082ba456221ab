package io.eventbus.brokers;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A temporary directory and the processes that work in it, both gone when this is closed or when the JVM ends, however
 * it ends.
 *
 * <p>A shell waits on a pipe from this JVM. The system closes the pipe when the JVM dies, also by SIGKILL; then the
 * shell kills the processes and deletes the directory. Closing does nothing but close the pipe, so there is one way of
 * cleaning up and every close tries it.
 */
final class Reaper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reaper.class);
    private static final long CLOSE_SECONDS = 20;

    /** Where the directories are made; in the system's directory for temporary files if it is not set. */
    static final String PARENT_VARIABLE = "EVENTBUS_BROKER_DATA";

    /** Each line is all pids to kill. A killed process may still write a file, so deleting is tried again. */
    private static final String SCRIPT = """
            trap '' HUP INT TERM
            pids=
            while read -r line; do pids=$line; done
            [ -z "$pids" ] || kill -KILL $pids 2>/dev/null
            tries=0
            while [ "$tries" -lt 100 ]; do
              rm -rf -- "$1" 2>/dev/null
              [ -e "$1" ] || exit 0
              tries=$((tries + 1))
              sleep 0.05
            done
            exit 1
            """;

    private static final Set<Reaper> OPEN = ConcurrentHashMap.newKeySet();

    static {
        // The shells would do it without this; with it the JVM ends after its brokers, not before.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> OPEN.forEach(Reaper::close), "broker-reaper"));
    }

    private final Object lock = new Object();
    private final Path directory;
    private final Process shell;
    private final Set<Long> pids = new LinkedHashSet<>();

    private Reaper(Path directory, Process shell) {
        this.directory = directory;
        this.shell = shell;
    }

    /** Makes a new directory that only this user can read. */
    static Reaper inTemporaryDirectory(String prefix) {
        try {
            Path directory = newDirectory(System.getenv().getOrDefault(PARENT_VARIABLE, ""), prefix);
            Process shell = new ProcessBuilder("/bin/sh", "-c", SCRIPT, "eventbus-broker-reaper", directory.toString())
                    .directory(new File("/"))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Reaper reaper = new Reaper(directory, shell);
            OPEN.add(reaper);
            return reaper;
        } catch (IOException e) {
            throw new UncheckedIOException("Could not make a directory for a broker", e);
        }
    }

    static Path newDirectory(String parent, String prefix) throws IOException {
        if (parent.isBlank()) {
            return Files.createTempDirectory(prefix);
        }
        Path directory = Path.of(parent);
        if (!directory.isAbsolute() || !Files.isDirectory(directory)) { // the shell and the brokers run elsewhere
            throw new BrokerException(
                    PARENT_VARIABLE + " is '" + parent + "'; it has to be an absolute path of a directory");
        }
        return Files.createTempDirectory(directory, prefix);
    }

    Path directory() {
        return directory;
    }

    /** {@return the pid of the shell} */
    long pid() {
        return shell.pid();
    }

    /**
     * Adds a process to kill.
     *
     * @throws IOException if this is closed
     */
    void watch(long pid) throws IOException {
        synchronized (lock) {
            pids.add(pid);
            tell();
        }
    }

    /** Removes a process that has ended, before the system gives its pid to another. No effect if this is closed. */
    void forget(long pid) {
        synchronized (lock) {
            pids.remove(pid);
            try {
                tell();
            } catch (IOException e) {
                LOG.debug("process {} ended when the pipe to the shell was closed already", pid);
            }
        }
    }

    private void tell() throws IOException {
        String line = pids.stream().map(String::valueOf).collect(Collectors.joining(" ", "", "\n"));
        shell.getOutputStream().write(line.getBytes(StandardCharsets.US_ASCII));
        shell.getOutputStream().flush();
    }

    /** Returns when the processes and the directory are gone. Closing twice has no effect. */
    @Override
    public void close() {
        try {
            shell.getOutputStream().close();
        } catch (IOException e) {
            LOG.debug("the pipe to the shell was closed already", e);
        }
        awaitShell();
        OPEN.remove(this);
    }

    private void awaitShell() {
        try {
            if (!shell.waitFor(CLOSE_SECONDS, TimeUnit.SECONDS) || shell.exitValue() != 0) {
                LOG.warn("could not delete {}; delete it by hand", directory);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
