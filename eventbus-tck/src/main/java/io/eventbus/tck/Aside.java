package io.eventbus.tck;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Runs something beside the test: each task on a daemon thread of its own, so that one that hangs holds up nothing else. */
public final class Aside {

    private Aside() {}

    /**
     * Runs a task.
     *
     * @param task what to run
     * @return completes when it has ended, and fails with what it throws
     */
    public static CompletableFuture<Void> run(Runnable task) {
        return CompletableFuture.runAsync(task, Aside::onOwnThread);
    }

    /**
     * Runs a task with a result.
     *
     * @param <T> the type of the result
     * @param task what to run
     * @return completes with its result, and fails with what it throws
     */
    public static <T> CompletableFuture<T> get(Supplier<T> task) {
        return CompletableFuture.supplyAsync(task, Aside::onOwnThread);
    }

    private static void onOwnThread(Runnable task) {
        Thread thread = new Thread(task, "tck-aside");
        thread.setDaemon(true);
        thread.start();
    }
}
