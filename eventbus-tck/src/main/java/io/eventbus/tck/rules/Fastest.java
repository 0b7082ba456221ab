package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/**
 * The fastest of a few runs of the same thing, which tells what one needs on an idle machine: what others do on the machine delays
 * one, and hardly each.
 */
final class Fastest {

    private Fastest() {}

    /**
     * Runs it until a run is within the limit.
     *
     * @param limit how long the fastest may take
     * @param most how many times it is run at most
     * @param what what is run, for the message: "hand-over"
     * @param run gives the time that it took
     * @throws AssertionError if no run was within the limit
     */
    static void isWithin(Duration limit, int most, String what, Supplier<Duration> run) {
        List<Duration> times = new ArrayList<>();
        do {
            times.add(run.get());
        } while (Collections.min(times).compareTo(limit) > 0 && times.size() < most);
        assertTrue(
                Collections.min(times).compareTo(limit) <= 0,
                () -> "the fastest " + what + " of " + most + " took more than " + limit + ": " + times);
    }
}
