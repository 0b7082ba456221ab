package io.eventbus.tck.rules;

import io.eventbus.BusStats;
import io.eventbus.Event;
import io.eventbus.EventBus;
import io.eventbus.spi.Group;
import io.eventbus.tck.Aside;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Inconclusive;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Scenario;
import io.eventbus.tck.Witness;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** OBS: what the bus counts while there is load. */
@Conformance
public class CounterLoadRules {

    private static final List<ToLongFunction<BusStats>> COUNTERS = List.of(
            BusStats::published,
            BusStats::publishFailed,
            BusStats::publishUnknown,
            BusStats::received,
            BusStats::attempts,
            BusStats::successes,
            BusStats::failures,
            BusStats::retries,
            BusStats::handled,
            BusStats::deadLettered,
            BusStats::discarded,
            BusStats::filtered,
            BusStats::released,
            BusStats::reconnects);

    /** How many events are published under watch: at least, and at most while the watch has not seen enough. */
    private static final int LEAST = 100;

    private static final int MOST = 20_000;

    /** How many different counts the watch has to see. */
    private static final int SEEN = 11;

    /** Run by JUnit. */
    public CounterLoadRules() {}

    @Test
    @Rule("OBS-1")
    @DisplayName("no counter ever falls")
    final void countersNeverFall(Kit kit) {
        String topic = kit.name("topic");
        // only of the first, since each failure makes the key wait, and then the fence
        Witness witness = Witness.failing(event ->
                event.payload().number() <= LEAST && event.payload().number() % 10 == 0 && event.attempt() == 1);
        BusUnderTest member = kit.member(topic, kit.name("group"), witness);
        AtomicBoolean stop = new AtomicBoolean();
        Set<BusStats> seen = ConcurrentHashMap.newKeySet();
        CompletableFuture<Void> watching = Aside.run(() -> watch(member.bus(), seen, stop));
        try {
            for (int number = 1; number <= LEAST || (number <= MOST && !enough(seen, watching)); number++) {
                member.bus().publish(Sample.placed("key", number));
            }
            kit.fence(member, "key", witness);
        } finally {
            stop.set(true);
        }
        kit.await().result("the end of the watch", watching);
        Inconclusive.unless(seen.size() >= SEEN, "counters that changed while they were watched");
    }

    @Test
    @Rule("OBS-1")
    @DisplayName("under load with failures, the counters of each group equal its history")
    final void countersEqualHistory(Kit kit) {
        Scenario scenario = new Scenario(kit);
        Set<Integer> failing = new HashSet<>();
        IntStream.range(0, 1000)
                .filter(number -> scenario.random().nextInt(10) == 0)
                .forEach(failing::add);
        for (int i = 0; i < 3; i++) {
            Group group = scenario.group();
            for (int j = 0; j <= i; j++) {
                scenario.member(group, event -> {
                    if (event.attempt() == 1 && failing.contains(event.payload().number())) {
                        throw new IllegalStateException("told to fail once");
                    }
                });
            }
        }
        BusUnderTest publisher = scenario.publisher();
        for (int number = 0; number < 1000; number++) {
            scenario.publishAsync(publisher, Event.of(Sample.placed("key " + number % 32, number)));
        }
        scenario.fence(publisher);
        scenario.check();
    }

    /** Whether the watch has seen enough, or has ended. On a busy machine it is late. */
    private static boolean enough(Set<BusStats> seen, CompletableFuture<Void> watching) {
        return seen.size() >= SEEN || watching.isDone();
    }

    /** Fails as soon as a counter falls. */
    private static void watch(EventBus bus, Set<BusStats> seen, AtomicBoolean stop) {
        BusStats before = bus.stats();
        while (!stop.get()) {
            BusStats now = bus.stats();
            for (ToLongFunction<BusStats> counter : COUNTERS) {
                if (counter.applyAsLong(now) < counter.applyAsLong(before)) {
                    throw new AssertionError("a counter fell from " + before + " to " + now);
                }
            }
            seen.add(now);
            before = now;
            LockSupport.parkNanos(100_000);
        }
    }
}
