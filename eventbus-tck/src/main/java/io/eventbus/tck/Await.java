package io.eventbus.tck;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/**
 * Waits for what must happen: each at most as long as the limit, and no longer than until it has happened. Immutable and
 * thread-safe. What does not happen in time fails the test, or makes it {@link Inconclusive} where it is a {@link
 * #precondition}.
 *
 * <p>In every method, {@code what} names what is awaited, for the message: "the second attempt". When the waiting thread is
 * interrupted, the interrupt flag is kept and the wait ends with an {@link IllegalStateException}.
 */
public final class Await {

    private static final long SHORTEST_PAUSE_NANOS = 500_000;
    private static final long LONGEST_PAUSE_NANOS = 20_000_000;

    private final Duration limit;
    private final Duration preconditionLimit;
    private final boolean precondition;

    private Await(Duration limit, Duration preconditionLimit, boolean precondition) {
        this.limit = limit;
        this.preconditionLimit = preconditionLimit;
        this.precondition = precondition;
    }

    /**
     * Makes waits that fail the test.
     *
     * @param limit how long each may take
     * @return the waits
     */
    public static Await atMost(Duration limit) {
        return atMost(limit, limit);
    }

    /** Makes waits that fail the test, with another limit for its preconditions. */
    static Await atMost(Duration limit, Duration preconditionLimit) {
        return new Await(limit, preconditionLimit, false);
    }

    /** {@return waits for a test's own preconditions: missing one makes the test inconclusive} */
    public Await precondition() {
        return new Await(preconditionLimit, preconditionLimit, true);
    }

    /**
     * Waits until a condition holds. It is asked at once, and then less and less often: what takes long is noticed up to 20 ms late.
     *
     * @param what what is awaited
     * @param condition the condition
     */
    public void until(String what, BooleanSupplier condition) {
        Deadline deadline = Deadline.after(limit);
        long begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (Thread.currentThread().isInterrupted()) {
                throw interrupted(what, null);
            }
            if (deadline.expired()) {
                throw missed(what);
            }
            LockSupport.parkNanos(pause(System.nanoTime() - begin));
        }
    }

    /** A tenth of the time that was waited: many tests wait at once, and a condition may ask the broker. */
    private static long pause(long waited) {
        return Math.min(LONGEST_PAUSE_NANOS, Math.max(SHORTEST_PAUSE_NANOS, waited / 10));
    }

    /**
     * Waits until a latch is open.
     *
     * @param what what is awaited
     * @param latch the latch
     */
    public void latch(String what, CountDownLatch latch) {
        try {
            if (!latch.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                throw missed(what + " (" + latch.getCount() + " still missing)");
            }
        } catch (InterruptedException e) {
            throw interrupted(what, e);
        }
    }

    /**
     * Waits until something has been collected often enough.
     *
     * @param <E> the type of what is collected
     * @param what what is awaited
     * @param collected where it is collected
     * @param count how many must be there
     * @return all that was there then, which may be more
     */
    public <E> List<E> count(String what, Collected<E> collected, int count) {
        try {
            if (!collected.awaitCount(count, Deadline.after(limit))) {
                throw missed(what + " (" + collected.size() + " of " + count + ")");
            }
            return collected.snapshot();
        } catch (InterruptedException e) {
            throw interrupted(what, e);
        }
    }

    /**
     * Waits until a stage has completed well.
     *
     * @param <T> the type of the result
     * @param what what is awaited
     * @param stage the stage
     * @return its result
     */
    public <T> T result(String what, CompletionStage<T> stage) {
        try {
            return join(what, stage);
        } catch (ExecutionException e) {
            throw unmet(what + " failed: " + e.getCause(), e.getCause());
        }
    }

    /**
     * Waits until a stage has failed.
     *
     * @param what what is awaited: "the failure of the publish"
     * @param stage the stage
     * @return what it failed with
     */
    public Throwable failure(String what, CompletionStage<?> stage) {
        try {
            Object result = join(what, stage);
            throw unmet(what + " did not come: the result is " + result, null);
        } catch (ExecutionException e) {
            return e.getCause() == null ? e : e.getCause();
        }
    }

    private <T> T join(String what, CompletionStage<T> stage) throws ExecutionException {
        try {
            return stage.toCompletableFuture().get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw missed(what);
        } catch (InterruptedException e) {
            throw interrupted(what, e);
        }
    }

    /** Always throws; the type lets callers write {@code throw}, so that the compiler knows. */
    private IllegalStateException missed(String what) {
        throw unmet("not within " + limit.toMillis() + " ms: " + what, null);
    }

    private IllegalStateException unmet(String message, @Nullable Throwable cause) {
        if (precondition) {
            throw new Inconclusive(message, cause);
        }
        throw new AssertionFailedError(message, cause);
    }

    private static IllegalStateException interrupted(String what, @Nullable InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while waiting for " + what, cause);
    }
}
