package io.eventbus.internal;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * All threads and timers of one bus. Nothing runs before it is first needed, but for the timer, which begins with the first loop; {@link #stop} ends everything. The receive
 * loops keep the JVM alive, the others do not.
 */
final class Threads {
    private static final long IDLE_SECONDS = 10;
    private static final long PATIENCE_MILLIS = 500;

    private final String name;
    private final AtomicInteger count = new AtomicInteger();
    private final Queue<Thread> loops = new ConcurrentLinkedQueue<>();
    private final ThreadPoolExecutor handlers;
    private final ThreadPoolExecutor callbacks;
    private final ScheduledThreadPoolExecutor timer;

    Threads(String name) {
        this.name = name;
        this.handlers = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), factory("handler"));
        this.callbacks = new ThreadPoolExecutor(
                1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory("callback"));
        this.callbacks.allowCoreThreadTimeOut(true);
        this.timer = new ScheduledThreadPoolExecutor(1, factory("timer"));
        this.timer.setRemoveOnCancelPolicy(true);
    }

    /** Runs handlers; as many threads as there are handlers running. */
    Executor handlers() {
        return handlers;
    }

    /**
     * Runs what the user hung onto a stage, on the one callback thread, on a second one if that is stuck at the end; after the
     * end, and when the process has no thread for it, on the thread that completes it.
     */
    Executor callbacks() {
        return orHere(callbacks);
    }

    /** Runs what another executor does not take on the calling thread; once in a great while a second time, there. */
    static Executor orHere(Executor executor) {
        return task -> {
            try {
                executor.execute(task);
            } catch (RejectedExecutionException | Error e) {
                task.run();
            }
        };
    }

    /** Tells the error listener, on the callback thread, in order; after the end, or without a thread, nobody is told. */
    void report(Runnable telling) {
        try {
            callbacks.execute(telling);
        } catch (RejectedExecutionException | Error e) {
            // the log has it already
        }
    }

    /** Runs a short task later; after the end it never runs. */
    Future<?> schedule(Runnable task, Duration delay) {
        try {
            return timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(null);
        }
    }

    /** Starts a thread that lives as long as its task. What it may put off needs the timer when there may be no thread left. */
    Thread start(String role, boolean keepsJvmAlive, Runnable task) {
        timer.prestartCoreThread();
        Thread thread = factory(role).newThread(task);
        thread.setDaemon(!keepsJvmAlive);
        loops.removeIf(loop -> !loop.isAlive());
        thread.start();
        loops.add(thread);
        return thread;
    }

    /** A thread for the JVM to start when it goes down; it may wait for the bus, so it does not count as one of its own. */
    Thread hook(Runnable task) {
        return new Thread(task, name + "-shutdown");
    }

    /** Whether the calling thread is one of this bus, which must not wait for itself. */
    boolean isOwn() {
        return Thread.currentThread() instanceof BusThread own && own.owner == this;
    }

    /** Ends everything that still runs, by interrupt, and waits for it, at most so long; not for handlers left behind. */
    void stop(Duration timeout) {
        handlers.shutdownNow();
        timer.shutdownNow();
        Deadline deadline = Deadline.in(timeout);
        loops.forEach(thread -> join(thread, deadline));
        // not before, so that what a loop reports at its end is told
        callbacks.shutdown();
        await(callbacks, deadline);
        await(timer, deadline);
        await(handlers, deadline);
        abandon(callbacks.shutdownNow());
    }

    /** What waits behind a callback that does not return completes stages: it runs beside that, and may outlive the end. */
    private void abandon(List<Runnable> waiting) {
        if (!waiting.isEmpty()) {
            orHere(rest -> factory("callback").newThread(rest).start()).execute(() -> waiting.forEach(Runnable::run));
        }
    }

    /** A loop ends by itself unless it is stuck in a call to the broker. */
    private static void join(Thread thread, Deadline deadline) {
        if (thread == Thread.currentThread()) {
            return;
        }
        try {
            thread.join(Math.min(PATIENCE_MILLIS, 1 + deadline.remaining().toMillis()));
            if (thread.isAlive()) {
                thread.interrupt();
                thread.join(Math.min(PATIENCE_MILLIS, 1 + deadline.remaining().toMillis()));
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private static void await(ThreadPoolExecutor executor, Deadline deadline) {
        try {
            executor.awaitTermination(deadline.remaining().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ThreadFactory factory(String role) {
        return task -> new BusThread(this, task, name + "-" + role + "-" + count.incrementAndGet());
    }

    /** A thread that knows its bus. */
    private static final class BusThread extends Thread {
        private final Threads owner;

        BusThread(Threads owner, Runnable task, String name) {
            super(task, name);
            this.owner = owner;
            setDaemon(true);
        }
    }
}
