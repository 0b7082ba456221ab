package io.eventbus.tck;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The threads of this JVM that have come since a moment, told apart by identity. Left out are those that belong to nobody who
 * could end them: the JDK's common pool and its timer, and the pool that runs the test itself. Of use only in a test that runs
 * alone, as with {@link org.junit.jupiter.api.parallel.Isolated}.
 */
public final class NewThreads {

    private static final Set<String> TIMERS_OF_THE_JDK =
            Set.of("CompletableFutureDelayScheduler", "ForkJoinPool.commonPool-delayScheduler");
    private static final long POLL_NANOS = 1_000_000;

    private final Set<Thread> before = Thread.getAllStackTraces().keySet();
    private final @Nullable ForkJoinPool pool = poolOf(Thread.currentThread());

    private NewThreads() {}

    /** {@return what watches for threads that come from now on} */
    public static NewThreads fromNow() {
        return new NewThreads();
    }

    /**
     * Waits until all have ended.
     *
     * @param limit how long at most
     * @return those that have not, in no order
     */
    public List<Thread> remaining(Duration limit) {
        Deadline deadline = Deadline.after(limit);
        List<Thread> remaining = alive();
        while (!remaining.isEmpty() && !deadline.expired()) {
            LockSupport.parkNanos(POLL_NANOS);
            remaining = alive();
        }
        return remaining;
    }

    private List<Thread> alive() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .filter(thread -> !isShared(thread))
                .toList();
    }

    private boolean isShared(Thread thread) {
        ForkJoinPool itsPool = poolOf(thread);
        return TIMERS_OF_THE_JDK.contains(thread.getName())
                || (itsPool != null && (itsPool.equals(pool) || itsPool.equals(ForkJoinPool.commonPool())));
    }

    private static @Nullable ForkJoinPool poolOf(Thread thread) {
        return thread instanceof ForkJoinWorkerThread worker ? worker.getPool() : null;
    }
}
