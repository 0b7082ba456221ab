package io.eventbus.tck;

import io.eventbus.BusStats;
import io.eventbus.tck.history.Counters;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;

/** One group of a scenario: the buses that were ever members of it, and what they have handled. Thread-safe. */
final class Participants {

    private final Set<BusUnderTest> members = ConcurrentHashMap.newKeySet();
    private final Set<BusUnderTest> left = ConcurrentHashMap.newKeySet();
    private final Set<String> handled = ConcurrentHashMap.newKeySet();

    void join(BusUnderTest bus) {
        members.add(bus);
    }

    void leave(BusUnderTest bus) {
        left.add(bus);
    }

    void handled(String eventId) {
        handled.add(eventId);
    }

    int handledCount() {
        return handled.size();
    }

    boolean hasHandled(List<String> eventIds) {
        return handled.containsAll(eventIds);
    }

    boolean isManned() {
        return members.stream().anyMatch(bus -> !bus.crashed() && !left.contains(bus));
    }

    /**
     * Whether there are counters to compare. Those of a bus that crashed are gone, and without a bus there are none; one that
     * has lost a session counts as released what its handlers had handled by then and could not settle any more.
     */
    boolean isCounted() {
        return !members.isEmpty()
                && members.stream()
                        .noneMatch(bus -> bus.crashed() || bus.bus().stats().reconnects() > 0);
    }

    boolean isAtRest() {
        return sum(BusStats::inFlight) == 0;
    }

    Counters counters() {
        long repeats = sum(BusStats::handled) - handled.size();
        return new Counters(
                sum(BusStats::attempts),
                sum(BusStats::successes),
                sum(BusStats::failures),
                sum(BusStats::handled),
                sum(BusStats::deadLettered),
                sum(BusStats::discarded),
                sum(BusStats::filtered),
                sum(BusStats::received) - sum(BusStats::released) - repeats,
                0,
                sum(BusStats::inFlight));
    }

    private long sum(ToLongFunction<BusStats> figure) {
        return members.stream()
                .mapToLong(bus -> figure.applyAsLong(bus.bus().stats()))
                .sum();
    }
}
