package io.eventbus.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What handlers and listeners have seen, in the order in which they said so. Thread-safe; elements are only ever added, and a
 * reader gets a copy, never the list that is being added to.
 *
 * @param <E> the type of the elements
 */
public final class Collected<E> {

    private final Object lock = new Object();
    private final List<E> elements = new ArrayList<>(); // guarded by lock

    /** Makes an empty collection. */
    public Collected() {}

    /**
     * Adds an element and wakes whoever waits for it.
     *
     * @param element the element
     */
    public void add(E element) {
        synchronized (lock) {
            elements.add(element);
            lock.notifyAll();
        }
    }

    /** {@return how many there are now} */
    public int size() {
        synchronized (lock) {
            return elements.size();
        }
    }

    /** {@return a copy of what is there now} */
    public List<E> snapshot() {
        synchronized (lock) {
            return List.copyOf(elements);
        }
    }

    /**
     * Waits until there are enough elements.
     *
     * @param count how many at least
     * @param deadline until when to wait
     * @return whether there are
     * @throws InterruptedException if the waiting thread is interrupted
     */
    public boolean awaitCount(int count, Deadline deadline) throws InterruptedException {
        synchronized (lock) {
            while (elements.size() < count && !deadline.expired()) {
                TimeUnit.NANOSECONDS.timedWait(lock, deadline.remainingNanos());
            }
            return elements.size() >= count;
        }
    }
}
