package io.eventbus.tck.net;

/**
 * The mode of a proxy, and the place where its links wait while it does not pass. Thread-safe.
 */
final class Gate {

    private final Object lock = new Object();
    private ProxyMode mode = ProxyMode.PASS; // guarded by lock

    ProxyMode mode() {
        synchronized (lock) {
            return mode;
        }
    }

    void set(ProxyMode newMode) {
        synchronized (lock) {
            mode = newMode;
            lock.notifyAll();
        }
    }

    /** Wakes the waiting links so that they see whether they have been aborted. */
    void recheck() {
        synchronized (lock) {
            lock.notifyAll();
        }
    }

    /** Waits while the proxy is silent, or is about to abort the link for a cut. Returns whether the link may go on. */
    boolean pass(Link link) {
        synchronized (lock) {
            while (mode != ProxyMode.PASS && !link.aborted()) {
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    return false; // nobody interrupts the threads of a link except to end them
                }
            }
            return !link.aborted();
        }
    }
}
