package io.eventbus.tck.jvm;

import io.eventbus.spi.Group;
import io.eventbus.tck.Inconclusive;
import io.eventbus.tck.Kit;
import io.eventbus.tck.history.HistoryFile;
import io.eventbus.tck.history.HistoryRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/**
 * A {@link MemberProgram} in a JVM of its own, seen from the test. It never outlives the test, nor the JVM of the test. Not
 * thread-safe, but for {@link #kill()} and {@link #isAlive()}.
 */
public final class MemberJvm implements AutoCloseable {

    private static final Duration ORDERLY = Duration.ofSeconds(30);
    private static final int SHOWN = 2000;

    private final String instance;
    private final Process process;
    private final long started;
    private final CompletableFuture<String> ready;
    private final HistoryFile history;
    private final Path log;

    private MemberJvm(String instance, Process process, long started, HistoryFile history, Path log) {
        this.instance = instance;
        this.process = process;
        this.started = started;
        this.history = history;
        this.log = log;
        this.ready = CompletableFuture.supplyAsync(this::firstLine, task -> {
            Thread reader = new Thread(task, "tck-member-" + instance);
            reader.setDaemon(true);
            reader.start();
        });
    }

    /**
     * What a JVM is started with.
     *
     * @param group the group that the member joins
     * @param url how it reaches the broker
     * @param origin the origin of the time of its history, by {@link System#nanoTime()}
     * @param settings how it differs from others
     * @param shared gives one text for all equal ones of its history
     */
    public record Start(
            Group group, String url, long origin, MemberProgram.Settings settings, UnaryOperator<String> shared) {}

    /**
     * Starts a member and does not wait until it is ready.
     *
     * @param kit the test's kit, which ends the JVM at the latest
     * @param start what it is started with
     * @return the member
     */
    public static MemberJvm start(Kit kit, Start start) {
        String instance = kit.name("jvm");
        Path folder = Scratch.folder(kit);
        Path lines = folder.resolve("history.jsonl");
        Path log = folder.resolve("log");
        List<String> command = javaCommand();
        command.addAll(List.of(instance, start.group().topic(), start.group().name(), lines.toString()));
        command.add(Long.toString(start.origin()));
        command.addAll(start.settings().toArguments());
        command.addAll(ChildJvm.busOptions(kit.environment()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
        builder.environment().put("EVENTBUS_URL", start.url());
        try {
            long now = System.nanoTime();
            HistoryFile history = new HistoryFile(lines, start.shared());
            return kit.closing(new MemberJvm(instance, builder.start(), now, history, log));
        } catch (IOException e) {
            throw new Inconclusive("no JVM could be started", e);
        }
    }

    /** Small, and soon there. */
    private static List<String> javaCommand() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ChildJvm.SHORT_LIVED);
        command.add("-Xmx160m");
        command.add("-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider");
        command.add("-cp");
        command.add(ClassPath.join(ClassPath.ofThisJvm().entries()));
        command.add(MemberProgram.class.getName());
        return command;
    }

    /** {@return its name, as its history has it} */
    public String instance() {
        return instance;
    }

    /**
     * Waits until the member is ready.
     *
     * @param limit how long it may take
     * @return this
     * @throws Inconclusive if it is not, or its clock is not ours; the message has the end of its log
     */
    public MemberJvm awaitReady(Duration limit) {
        boolean soon = isReadyWithin(limit);
        Inconclusive.unless(soon, "a member that is ready within " + limit + ": " + (soon ? "" : describe()));
        return this;
    }

    /**
     * Waits until the member is ready.
     *
     * @param limit how long it may take
     * @return whether it is
     * @throws Inconclusive if its clock is not ours
     */
    public boolean isReadyWithin(Duration limit) {
        try {
            String line = ready.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!line.startsWith(MemberProgram.READY)) {
                return false;
            }
            long there = Long.parseLong(line.substring(MemberProgram.READY.length()));
            boolean oneClock = started <= there && there <= System.nanoTime();
            Inconclusive.unless(oneClock, "one clock for all JVMs of this machine");
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + instance, e);
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    /** {@return whether its JVM has not ended} */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** {@return what it has written down since the last call; complete once the JVM has ended} */
    public List<HistoryRecord> readOn() {
        try {
            return history.readOn();
        } catch (IOException e) {
            throw new UncheckedIOException("the history of " + instance + " cannot be read", e);
        }
    }

    /** Ends the JVM as SIGKILL does, and returns when it is gone. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /**
     * Waits until the JVM has ended by itself.
     *
     * @param limit how long it may take
     * @return whether it has
     */
    public boolean awaitEnd(Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Lets the member leave its group in order, and returns when its JVM has ended; one that takes too long is killed. */
    public void leave() {
        try (OutputStream input = process.getOutputStream()) {
            input.write((MemberProgram.LEAVE + "\n").getBytes(StandardCharsets.UTF_8));
            input.flush();
            awaitEnd(ORDERLY);
        } catch (IOException e) {
            // it has ended already
        } finally {
            kill();
        }
    }

    /** Ends the JVM, if it has not ended. */
    @Override
    public void close() {
        kill();
    }

    private String firstLine() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            return String.valueOf(output.readLine());
        } catch (IOException e) {
            return "nothing can be read: " + e;
        }
    }

    /** {@return its name and the end of its log, for people} */
    public String describe() {
        try {
            String text = Files.readString(log, StandardCharsets.UTF_8);
            return instance + ", its log ends with: " + text.substring(Math.max(0, text.length() - SHOWN));
        } catch (IOException e) {
            return instance + " without a log: " + e;
        }
    }
}
