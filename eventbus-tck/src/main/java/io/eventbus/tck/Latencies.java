package io.eventbus.tck;

import java.time.Duration;
import java.util.List;

/** How long something took, measured several times. Thread-safe. */
public final class Latencies {

    private final Collected<Duration> measured = new Collected<>();

    /** Makes an empty measurement. */
    public Latencies() {}

    /**
     * Adds one measurement.
     *
     * @param latency how long it took
     */
    public void add(Duration latency) {
        measured.add(latency);
    }

    /** {@return how many measurements there are} */
    public int count() {
        return measured.size();
    }

    /** {@return the latency that 99 of 100 measurements do not exceed; zero if nothing was measured} */
    public Duration p99() {
        List<Duration> sorted = measured.snapshot().stream().sorted().toList();
        int rank = (int) Math.ceil(sorted.size() * 0.99);
        return sorted.isEmpty() ? Duration.ZERO : sorted.get(rank - 1);
    }
}
