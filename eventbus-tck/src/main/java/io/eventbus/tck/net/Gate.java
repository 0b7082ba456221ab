package io.eventbus.tck.net;

import java.util.concurrent.TimeUnit;

/**
 * The mode of a proxy, and the place where its links wait while it does not pass. Thread-safe.
 */
final class Gate {

    private final Object lock = new Object();
    private ProxyMode mode = ProxyMode.PASS; // guarded by lock
    private Pace pace = Pace.FULL; // guarded by lock

    ProxyMode mode() {
        synchronized (lock) {
            return mode;
        }
    }

    Pace pace() {
        synchronized (lock) {
            return pace;
        }
    }

    void set(ProxyMode newMode) {
        set(newMode, Pace.FULL);
    }

    void set(ProxyMode newMode, Pace newPace) {
        synchronized (lock) {
            mode = newMode;
            pace = newPace;
            lock.notifyAll();
        }
    }

    /** Wakes the waiting links so that they see whether they have been aborted. */
    void recheck() {
        synchronized (lock) {
            lock.notifyAll();
        }
    }

    /**
     * Waits while the proxy is silent, in the direction to the client or in that to the target, or is about to abort the link for
     * a cut. Returns whether the link may go on.
     */
    boolean pass(Link link, boolean toClient) {
        synchronized (lock) {
            while (holds(toClient) && !link.aborted()) {
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    return false; // nobody interrupts the threads of a link except to end them
                }
            }
            return !link.aborted();
        }
    }

    /** Waits as long as bytes of the link take, or until the proxy does something else. */
    void linger(Link link, int bytes) {
        synchronized (lock) {
            Pace at = pace;
            long end = System.nanoTime() + at.nanosFor(bytes);
            for (long left = at.nanosFor(bytes); left > 0 && !link.aborted(); left = end - System.nanoTime()) {
                try {
                    TimeUnit.NANOSECONDS.timedWait(lock, left);
                } catch (InterruptedException e) {
                    return; // nobody interrupts the threads of a link except to end them
                }
                if (!pace.equals(at)) {
                    return;
                }
            }
        }
    }

    private boolean holds(boolean toClient) {
        return mode == ProxyMode.CUT || mode == ProxyMode.SILENCE || (toClient && mode == ProxyMode.NO_ANSWERS);
    }
}
