package io.eventbus.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command end in order when the process is told to (Ctrl-C, SIGTERM): asks it to stop, waits until it has, and ends
 * the process as if it had come to its end by itself.
 */
final class Interruption {
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Runnable stop;
    private final Duration patience;
    private volatile boolean toldToEnd;
    private volatile int exitCode = ExitCode.FAILED;
    private final Thread hook = new Thread(this::endInOrder, "interruption");

    private Interruption(Runnable stop, Duration patience) {
        this.stop = stop;
        this.patience = patience;
    }

    /**
     * Begins to wait for it.
     *
     * @param stop called when the process is told to end, from now until {@link #ended}
     * @param patience how long to wait after that; a command that takes longer is cut off and has failed
     */
    static Interruption call(Runnable stop, Duration patience) {
        Interruption interruption = new Interruption(stop, patience);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /** The command has ended, and has said all it has to say. */
    void ended(int code) {
        exitCode = code;
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending: the hook runs, and ends it.
        }
    }

    /** Whether the process is told to end. */
    boolean isToldToEnd() {
        return toldToEnd;
    }

    private void endInOrder() {
        toldToEnd = true;
        stop.run();
        try {
            boolean inTime = ended.await(patience.toMillis(), TimeUnit.MILLISECONDS);
            Runtime.getRuntime().halt(inTime ? exitCode : ExitCode.FAILED);
        } catch (InterruptedException e) {
            Runtime.getRuntime().halt(ExitCode.FAILED);
        }
    }
}
