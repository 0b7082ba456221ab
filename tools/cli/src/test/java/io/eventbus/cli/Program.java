package io.eventbus.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line in a process of its own. */
final class Program {
    /** What a script starts in its background ignores Ctrl-C, and so does what that starts in turn, unless it is told not to. */
    private static final List<String> HEEDING_INTERRUPTS =
            System.getProperty("os.name").equals("Linux") ? List.of("env", "--default-signal=INT") : List.of();

    /** As the script starts it. */
    private static final List<String> SHORT_LIVED =
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto");

    private Program() {}

    /** Ready to be started, with pipes to its streams and these options of the JVM. */
    static ProcessBuilder with(List<String> jvmOptions, String... arguments) {
        List<String> command = new ArrayList<>(HEEDING_INTERRUPTS);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(SHORT_LIVED);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add("-Dlogback.configurationFile=logback.xml");
        command.addAll(jvmOptions);
        command.add(Main.class.getName());
        command.addAll(List.of(arguments));
        ProcessBuilder program = new ProcessBuilder(command);
        program.environment().remove("CLICOLOR_FORCE"); // whoever builds may like colour in whatever he runs
        return program;
    }

    /** Tells it to end, as Ctrl-C in its terminal does. */
    static void interrupt(Process program) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("sh", "-c", "kill -INT " + program.pid()).start();
        if (kill.waitFor() != 0) {
            throw new AssertionError("the program cannot be interrupted");
        }
    }
}
