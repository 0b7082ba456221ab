package io.eventbus.internal;

import io.eventbus.BusStats;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts. Thread-safe; counting never blocks. */
final class StatsRecorder {

    /** What is counted. */
    enum Counter {
        PUBLISHED,
        PUBLISH_FAILED,
        PUBLISH_UNKNOWN,
        RECEIVED,
        ATTEMPTS,
        SUCCESSES,
        FAILURES,
        RETRIES,
        HANDLED,
        DEAD_LETTERED,
        DISCARDED,
        FILTERED,
        RELEASED,
        RECONNECTS
    }

    private final Map<Counter, LongAdder> counters = new EnumMap<>(Counter.class);

    StatsRecorder() {
        for (Counter counter : Counter.values()) {
            counters.put(counter, new LongAdder());
        }
    }

    void count(Counter counter) {
        count(counter, 1);
    }

    void count(Counter counter, long by) {
        adder(counter).add(by);
    }

    long get(Counter counter) {
        return adder(counter).sum();
    }

    BusStats snapshot(long inFlight, long publishesInFlight, int paused, int full) {
        return new BusStats(
                get(Counter.PUBLISHED),
                get(Counter.PUBLISH_FAILED),
                get(Counter.PUBLISH_UNKNOWN),
                get(Counter.RECEIVED),
                get(Counter.ATTEMPTS),
                get(Counter.SUCCESSES),
                get(Counter.FAILURES),
                get(Counter.RETRIES),
                get(Counter.HANDLED),
                get(Counter.DEAD_LETTERED),
                get(Counter.DISCARDED),
                get(Counter.FILTERED),
                get(Counter.RELEASED),
                inFlight,
                publishesInFlight,
                get(Counter.RECONNECTS),
                paused,
                full);
    }

    private LongAdder adder(Counter counter) {
        LongAdder adder = counters.get(counter);
        if (adder == null) {
            throw new IllegalStateException(counter + " is not counted");
        }
        return adder;
    }
}
