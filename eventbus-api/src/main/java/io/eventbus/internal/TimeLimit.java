package io.eventbus.internal;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * How long one call of a handler may take. When the time is over it interrupts the call or, once that has returned,
 * cancels the stage that it returned; never a thread that has moved on to something else.
 */
final class TimeLimit {
    private final Object lock = new Object();
    private final Future<?> timer;

    /** These three are guarded by the lock. */
    private @Nullable Thread caller = Thread.currentThread();

    private @Nullable CompletionStage<?> stage;
    private boolean exceeded;

    TimeLimit(Duration timeout, Threads threads) {
        timer = threads.schedule(this::exceed, timeout);
    }

    /** The thread goes on to something else. */
    void left() {
        synchronized (lock) {
            caller = null;
        }
    }

    /** The call has returned; what remains is its stage. */
    void returned(CompletionStage<?> pending) {
        synchronized (lock) {
            stage = pending;
            if (exceeded) {
                pending.toCompletableFuture().cancel(true);
            }
        }
    }

    /** The handler has ended. True if that was too late. */
    boolean ended() {
        timer.cancel(false);
        synchronized (lock) {
            caller = null;
            stage = null;
            return exceeded;
        }
    }

    private void exceed() {
        synchronized (lock) {
            exceeded = caller != null || stage != null;
            if (caller != null) {
                caller.interrupt();
            }
            if (stage != null) {
                stage.toCompletableFuture().cancel(true);
            }
        }
    }
}
