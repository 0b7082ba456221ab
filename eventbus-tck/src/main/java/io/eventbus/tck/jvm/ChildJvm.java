package io.eventbus.tck.jvm;

import io.eventbus.tck.Environment;
import io.eventbus.tck.Inconclusive;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Timing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs a program in a JVM of its own, of the same JDK. What it logs by SLF4J goes to its output (see {@link PrintingLoggers}). Used
 * by one thread.
 */
public final class ChildJvm {

    /** What makes a JVM start soon that lives for seconds, and leaves the processor to others; it does not verify byte code. */
    public static final List<String> SHORT_LIVED = List.of(
            "-Xshare:auto",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:-BytecodeVerificationRemote");

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static final Duration OPENING = Duration.ofSeconds(20);

    private static final String URL_VARIABLE = "EVENTBUS_URL";

    private final Kit kit;
    private final Path folder;
    private final List<String> jvmOptions = new ArrayList<>();
    private final Map<String, String> variables = new HashMap<>();
    private List<Path> classPath = ClassPath.ofThisJvm().entries();

    /**
     * Begins a JVM with the class path of this one.
     *
     * @param kit the test's kit
     */
    public ChildJvm(Kit kit) {
        this.kit = kit;
        this.folder = Scratch.folder(kit);
        jvmOptions.add("-Dslf4j.provider=" + PrintingLoggers.class.getName());
    }

    /**
     * How long the bus of a program may take to open, since all its classes are yet to be loaded: with a multiplier of 1 or more less than a test waits
     * for it, so that the program can say what went wrong.
     */
    static Duration opening() {
        return Timing.fromSystemProperties().slack(OPENING);
    }

    /** {@return a folder for files of the program, deleted after the test} */
    public Path folder() {
        return folder;
    }

    /**
     * Replaces the class path.
     *
     * @param entries directories and jars
     * @return this
     */
    public ChildJvm classPath(List<Path> entries) {
        classPath = List.copyOf(entries);
        return this;
    }

    /**
     * Adds options of the JVM.
     *
     * @param options as on the command line
     * @return this
     */
    public ChildJvm options(String... options) {
        jvmOptions.addAll(List.of(options));
        return this;
    }

    /**
     * Has the program log down to the finest level, which takes a busy client's program seconds.
     *
     * @return this
     */
    public ChildJvm logEverything() {
        return options("-D" + PrintingLoggers.FINEST + "=TRACE");
    }

    /**
     * Tells the program where the broker is, in its environment: what is on a command line, everybody on the machine can read.
     *
     * @param url what it finds as {@code EVENTBUS_URL}
     * @return this
     */
    public ChildJvm url(String url) {
        variables.put(URL_VARIABLE, url);
        return this;
    }

    /**
     * Writes the options of the kit's buses as the programs of this package take them.
     *
     * @param environment the broker
     * @return {@code name=value} each
     */
    public static List<String> busOptions(Environment environment) {
        return environment.options().entrySet().stream()
                .map(option -> option.getKey() + "=" + option.getValue())
                .toList();
    }

    /**
     * Runs a program to its end; after two minutes times the multiplier it is killed.
     *
     * @param program a class with a main method
     * @param arguments its arguments
     * @return how it ended
     */
    public Ended run(Class<?> program, List<String> arguments) {
        return run(program, arguments, process -> {});
    }

    /**
     * Runs a program to its end and does something to it meanwhile; two minutes times the multiplier after that it is killed.
     *
     * @param program a class with a main method
     * @param arguments its arguments
     * @param meanwhile what to do while it runs; may wait, and may throw, which kills the program
     * @return how it ended
     */
    public Ended run(Class<?> program, List<String> arguments, Consumer<Process> meanwhile) {
        Path output = folder.resolve("output");
        try {
            return run(command(program, arguments), output, meanwhile);
        } catch (IOException e) {
            throw new Inconclusive("no JVM could be started", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a JVM", e);
        }
    }

    private Ended run(List<String> command, Path output, Consumer<Process> meanwhile)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().remove(URL_VARIABLE);
        builder.environment().putAll(variables);
        Process process = builder.start();
        try {
            meanwhile.accept(process);
            long limit = kit.timing().times(LIMIT).toMillis();
            boolean ended = process.waitFor(limit, TimeUnit.MILLISECONDS);
            String text = Files.readString(output, StandardCharsets.UTF_8);
            return ended
                    ? new Ended(process.exitValue(), text)
                    : new Ended(-1, text + "\nkilled after " + limit + " ms");
        } catch (RuntimeException | Error e) {
            String printed = new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
            String state = process.isAlive() ? "which still runs" : "which ended with " + process.exitValue();
            e.addSuppressed(new IllegalStateException("the program, " + state + ", printed: " + printed));
            throw e;
        } finally {
            process.destroyForcibly();
        }
    }

    private List<String> command(Class<?> program, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(SHORT_LIVED);
        command.add("-D" + Timing.MULTIPLIER_PROPERTY + "=" + kit.timing().multiplier());
        command.addAll(jvmOptions);
        command.add("-Dstdout.encoding=UTF-8");
        command.add("-Dstderr.encoding=UTF-8");
        command.add("-cp");
        command.add(ClassPath.join(classPath));
        command.add(program.getName());
        command.addAll(arguments);
        return command;
    }

    /**
     * How a program ended.
     *
     * @param exitCode its exit code; -1 if it did not end by itself
     * @param output all that it printed
     */
    public record Ended(int exitCode, String output) {

        /** Leaves most of a long output out. */
        @Override
        public String toString() {
            int from = Math.max(0, output.length() - 4000);
            return "exit code " + exitCode + ", output:\n" + output.substring(from);
        }
    }
}
