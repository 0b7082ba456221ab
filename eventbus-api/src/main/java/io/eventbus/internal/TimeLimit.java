package io.eventbus.internal;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long one call of a handler may take. When the time is over it interrupts the call or, once that has returned,
 * cancels the stage that it returned; never a thread that has moved on to something else.
 */
final class TimeLimit {
    private static final Logger LOG = LoggerFactory.getLogger("io.eventbus");

    private final Object lock = new Object();
    private final Threads threads;
    private final Future<?> timer;

    /** These three are guarded by the lock. */
    private @Nullable Thread caller = Thread.currentThread();

    private @Nullable CompletionStage<?> stage;
    private boolean exceeded;

    TimeLimit(Duration timeout, Threads threads) {
        this.threads = threads;
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
        boolean late;
        synchronized (lock) {
            stage = pending;
            late = exceeded;
        }
        if (late) {
            cancel(pending);
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
        CompletionStage<?> pending;
        synchronized (lock) {
            exceeded = caller != null || stage != null;
            if (caller != null) {
                caller.interrupt();
            }
            pending = stage;
        }
        if (pending != null) {
            threads.handlers().execute(() -> cancel(pending));
        }
    }

    /** What depends on the stage may run here, so never on the timer. A stage that cannot be cancelled is waited for. */
    private static void cancel(CompletionStage<?> pending) {
        try {
            pending.toCompletableFuture().cancel(true);
        } catch (UnsupportedOperationException e) {
            LOG.debug("a stage that exceeded its time cannot be cancelled", e);
        }
    }
}
