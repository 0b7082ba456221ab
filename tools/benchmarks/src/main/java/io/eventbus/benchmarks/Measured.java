package io.eventbus.benchmarks;

import io.eventbus.EventKey;
import io.eventbus.EventType;

/**
 * The event that the bus carries, as JSON.
 *
 * @param key what it is about
 * @param time when it was sent, by {@link System#nanoTime()}
 * @param text fills the payload up to its size
 */
@EventType(aggregate = "Benchmark", name = "Measured")
record Measured(@EventKey int key, long time, String text) {

    /** About as many bytes as its JSON has without the text. */
    static final int BESIDE_TEXT = 48;

    static String text(int size) {
        return "x".repeat(size - BESIDE_TEXT);
    }
}
