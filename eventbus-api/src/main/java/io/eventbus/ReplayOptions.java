package io.eventbus;

import java.util.Objects;
import java.util.function.Consumer;

/**
 * How dead letters are replayed. Immutable.
 *
 * @param maxPerSecond how many events a second at most; {@link Double#POSITIVE_INFINITY} for as fast as the broker takes them
 * @param dryRun whether nothing is sent and nothing removed
 * @param listener told of each letter, on the calling thread, once it is replayed; in a dry run, once it is found
 */
public record ReplayOptions(double maxPerSecond, boolean dryRun, Consumer<DeadLetter> listener) {

    private static final ReplayOptions DEFAULTS = new ReplayOptions(Double.POSITIVE_INFINITY, false, letter -> {});

    /** Refuses a rate that is not above zero. */
    public ReplayOptions {
        if (!(maxPerSecond > 0)) {
            throw new IllegalArgumentException("maxPerSecond is " + maxPerSecond + "; expected above zero");
        }
        Objects.requireNonNull(listener, "listener");
    }

    /**
     * In earnest, as fast as the broker takes them, and nobody is told.
     *
     * @return the options to begin with
     */
    public static ReplayOptions defaults() {
        return DEFAULTS;
    }

    /**
     * With a limit of its rate, so that a group that has just recovered is not flooded. On a broker that limits how long a reader
     * may hold a dead letter (RabbitMQ: {@code consumer_timeout}, 30 minutes by default), a replay that leaves some out must not
     * last longer: it fails then, and what it has not replayed stays.
     *
     * @param eventsPerSecond above zero, also below one
     * @return a copy
     */
    public ReplayOptions withRate(double eventsPerSecond) {
        return new ReplayOptions(eventsPerSecond, dryRun, listener);
    }

    /**
     * Without effect: what would be replayed is counted and told to the listener.
     *
     * @return a copy
     */
    public ReplayOptions asDryRun() {
        return new ReplayOptions(maxPerSecond, true, listener);
    }

    /**
     * With a listener. What it throws ends the replay; the letters told so far are replayed, the others stay.
     *
     * @param told is given each letter
     * @return a copy
     */
    public ReplayOptions onEach(Consumer<DeadLetter> told) {
        return new ReplayOptions(maxPerSecond, dryRun, told);
    }
}
