package io.eventbus.brokers;

import java.net.URI;
import java.util.List;
import java.util.Map;

/** A broker that is one child process of this JVM. */
class LocalServer implements Server {
    private final Reaper reaper;
    private final Program program;
    private ChildProcess process;

    /**
     * What is started, in the directory of its reaper.
     *
     * @param name its name in messages
     * @param command the program and its arguments
     * @param environment all of its environment
     * @param url where clients will reach it
     * @param probe succeeds when they can use it
     */
    record Program(String name, List<String> command, Map<String, String> environment, URI url, Startup.Probe probe) {}

    /** Starts the program and returns when clients can use it; if that fails, closes the reaper. */
    LocalServer(Reaper reaper, Program program) {
        this.reaper = reaper;
        this.program = program;
        try {
            this.process = start(reaper, program);
        } catch (RuntimeException e) {
            reaper.close();
            throw e;
        }
    }

    private static ChildProcess start(Reaper reaper, Program program) {
        ChildProcess process = ChildProcess.start(program.name(), program.command(), program.environment(), reaper);
        process.awaitUsable(program.probe());
        return process;
    }

    @Override
    public final URI url() {
        return program.url();
    }

    @Override
    public final void kill() {
        process.kill();
    }

    @Override
    public final void start() {
        process = start(reaper, program);
    }

    @Override
    public final void freeze() {
        process.freeze();
    }

    @Override
    public final void thaw() {
        process.thaw();
    }

    @Override
    public final void remove() {
        reaper.close();
    }

    /** {@return what cleans up behind it} */
    final Reaper reaper() {
        return reaper;
    }

    /** {@return the pid of the program; another after a restart} */
    final long pid() {
        return process.pid();
    }
}
