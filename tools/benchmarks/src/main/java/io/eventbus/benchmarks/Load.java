package io.eventbus.benchmarks;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param size how many bytes a payload has
 * @param time how long each stage takes at most
 */
record Load(int size, Duration time) {
    /** A backlog that any broker holds in memory, and that any group in memory takes. */
    private static final long MAX_BACKLOG_BYTES = 192L << 20;

    private static final int MAX_BACKLOG = 900_000;

    /** How many events are published for the backlog at most. */
    int maxBacklog() {
        return (int) Math.min(MAX_BACKLOG, MAX_BACKLOG_BYTES / size);
    }

    /** When a stage that begins now is over, by {@link System#nanoTime()}. */
    long end() {
        return System.nanoTime() + time.toNanos();
    }
}
