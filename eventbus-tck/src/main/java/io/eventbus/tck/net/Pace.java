package io.eventbus.tck.net;

import java.time.Duration;

/**
 * How slowly bytes go through a proxy, in each direction of each connection by itself.
 *
 * @param delay how long each chunk waits before it goes on; chunks wait one after the other, as in a stop-and-wait protocol
 * @param bytesPerSecond how many bytes go through in a second at most
 */
record Pace(Duration delay, long bytesPerSecond) {

    /** As fast as it goes. */
    static final Pace FULL = new Pace(Duration.ZERO, Long.MAX_VALUE);

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** A throttled stream goes on about as often, so that it trickles and does not gush. */
    private static final int CHUNKS_PER_SECOND = 20;

    Pace {
        if (delay.isNegative() || bytesPerSecond < 1) {
            throw new IllegalArgumentException("expected a delay of 0 or more and at least 1 byte a second, were "
                    + delay + " and " + bytesPerSecond);
        }
    }

    /** How many bytes may be taken at once. */
    int chunk(int room) {
        return (int) Math.max(1, Math.min(room, bytesPerSecond / CHUNKS_PER_SECOND));
    }

    /** How long so many bytes take. */
    long nanosFor(int bytes) {
        return delay.toNanos() + (long) ((double) bytes * NANOS_PER_SECOND / bytesPerSecond);
    }
}
