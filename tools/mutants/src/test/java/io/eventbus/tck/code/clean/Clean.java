package io.eventbus.tck.code.clean;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Waits, interrupts and completes, with threads of others. */
public final class Clean {

    private static final double HALF = 0.5;
    private static final long LONG = 1L << 40;

    private Clean() {}

    /** Runs nowhere. */
    static CompletableFuture<Void> behaves(Executor executor, Neighbour[] neighbours) throws InterruptedException {
        Thread.currentThread().interrupt();
        neighbours.wait((long) (LONG * HALF));
        return CompletableFuture.runAsync(() -> List.of(neighbours).stream().forEach(Neighbour::greet), executor);
    }

    /** Of the same transport. */
    interface Neighbour {

        /** Nothing. */
        void greet();
    }
}
