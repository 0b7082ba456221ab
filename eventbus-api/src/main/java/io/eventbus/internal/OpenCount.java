package io.eventbus.internal;

/** How many things are open, and a way to wait until none is. Thread-safe. */
final class OpenCount {
    private final Object lock = new Object();

    /** Guarded by the lock. */
    private int open;

    int get() {
        synchronized (lock) {
            return open;
        }
    }

    void increment() {
        synchronized (lock) {
            open++;
        }
    }

    void decrement() {
        synchronized (lock) {
            open--;
            if (open == 0) {
                lock.notifyAll();
            }
        }
    }

    /** False if the deadline was over, or the thread interrupted, before; keeps the interrupt flag. */
    boolean awaitNone(Deadline deadline) {
        synchronized (lock) {
            try {
                while (open > 0 && !deadline.isOver()) {
                    lock.wait(deadline.remaining().toMillis() + 1);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return open == 0;
        }
    }
}
