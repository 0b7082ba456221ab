package io.eventbus.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/** What has come so far, in order, and a way to wait for more. Thread-safe. */
final class Arrived<T> {
    private static final long PATIENCE_MILLIS = 20_000;

    private final List<T> all = new ArrayList<>(); // guarded by itself

    void add(T one) {
        synchronized (all) {
            all.add(one);
            all.notifyAll();
        }
    }

    List<T> all() {
        synchronized (all) {
            return List.copyOf(all);
        }
    }

    /** Waits for the one at this place. */
    T await(int index) {
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        synchronized (all) {
            try {
                while (all.size() <= index && System.nanoTime() < end) {
                    all.wait(PATIENCE_MILLIS);
                }
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted while it waited for number " + index, e);
            }
            assertThat(all).as("what has come").hasSizeGreaterThan(index);
            return all.get(index);
        }
    }
}
