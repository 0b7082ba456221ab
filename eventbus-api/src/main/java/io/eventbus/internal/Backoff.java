package io.eventbus.internal;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Pauses that double from the first to the longest, each up to half shorter at random. Used by one thread. */
final class Backoff {
    private static final int ENOUGH_DOUBLINGS = 30;

    private final Duration first;
    private final Duration longest;
    private final RandomGenerator random;
    private int failures;

    Backoff(Duration first, Duration longest, RandomGenerator random) {
        this.first = first;
        this.longest = longest;
        this.random = random;
    }

    Duration next() {
        double doubled = (double) first.toNanos() * (1L << Math.min(failures, ENOUGH_DOUBLINGS));
        failures++;
        double capped = Math.min(doubled, (double) longest.toNanos());
        return Duration.ofNanos((long) (capped * random.nextDouble(0.5, 1)));
    }

    void reset() {
        failures = 0;
    }
}
