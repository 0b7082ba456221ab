package io.eventbus.internal;

import io.eventbus.BusClosedException;
import io.eventbus.BusStateException;
import io.eventbus.ShutdownReport;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Where a bus is in its life. Thread-safe. Tests of the conformance kit override what they break. */
class Lifecycle {

    /** The states, in the order of a life; a bus may skip some but never goes back. */
    enum State {
        NEW,
        STARTING,
        RUNNING,
        CLOSING,
        /** While a bus is closed: its handlers have ended or have no time left, and what is under way is being completed. */
        DRAINED,
        CLOSED
    }

    private final String bus;
    private final Object lock = new Object();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Written under the lock. */
    private volatile State state = State.NEW;

    private volatile @Nullable ShutdownReport report;

    Lifecycle(String bus) {
        this.bus = bus;
    }

    State state() {
        return state;
    }

    boolean isRunning() {
        return state == State.RUNNING;
    }

    /** From new to starting, or the exception that says why not. */
    void starting() {
        if (!move(State.NEW, State.STARTING)) {
            requireNotClosed();
            throw new BusStateException(bus + " was started before; start() is called once");
        }
    }

    /** From starting to running; false if the bus was closed meanwhile. */
    boolean running() {
        return move(State.STARTING, State.RUNNING);
    }

    /** Begins to close; true for the one caller that has to do it. */
    boolean closing() {
        synchronized (lock) {
            boolean first = state.compareTo(State.CLOSING) < 0;
            state = first ? State.CLOSING : state;
            closing.countDown();
            return first;
        }
    }

    /** Handlers have had their time to publish: whoever else does must not keep the bus from closing. */
    void drained() {
        synchronized (lock) {
            state = State.DRAINED;
        }
    }

    void closed(ShutdownReport how) {
        report = how;
        synchronized (lock) {
            state = State.CLOSED;
        }
        closed.countDown();
    }

    /** Pauses; true if the bus began to close before the pause was over, also for a pause of zero. */
    boolean awaitClosing(Duration pause) throws InterruptedException {
        return closing.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** How it was closed, or null if it is not. */
    @Nullable ShutdownReport report() {
        return report;
    }

    /**
     * Waits for the thread that closes. An interrupt from before must not keep handlers from finishing; one that comes while
     * it waits ends the wait. The caller keeps either.
     */
    void awaitClosed() {
        boolean interrupted = Thread.interrupted();
        try {
            closed.await();
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Handlers may publish, and ask the broker, as soon as their group is joined, and until they have ended or had their time. */
    void requireStarted() {
        State now = state;
        if (now == State.NEW) {
            throw new BusStateException(bus + " is not started; call start() first");
        }
        if (now.compareTo(State.DRAINED) >= 0) {
            throw closedException();
        }
    }

    void requireNotClosed() {
        if (state.compareTo(State.CLOSING) >= 0) {
            throw closedException();
        }
    }

    BusClosedException closedException() {
        return new BusClosedException(bus + " is closed; build another");
    }

    private boolean move(State from, State to) {
        synchronized (lock) {
            boolean allowed = state == from;
            state = allowed ? to : state;
            return allowed;
        }
    }
}
