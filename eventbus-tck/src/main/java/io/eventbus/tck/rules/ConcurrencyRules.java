package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventbus.Event;
import io.eventbus.tck.Aside;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Inconclusive;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Scenario;
import io.eventbus.tck.Stress;
import io.eventbus.tck.Witness;
import io.eventbus.tck.history.History;
import io.eventbus.tck.history.HistoryRecord;
import io.eventbus.tck.history.Op;
import io.eventbus.tck.history.Reachability;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** CON: many threads that publish, many handlers that run. */
@Conformance
public class ConcurrencyRules {

    private static final int PUBLISHERS = 50;
    private static final int EVENTS_OF_EACH = 200;
    private static final int LIST = 10;
    private static final int LONGEST_TEXT = 500;
    private static final Duration PUBLISHING = Duration.ofSeconds(60);

    private static final int HANDLERS = 4;
    private static final int KEYS = 32;
    private static final int EVENTS_OF_KEY = 30;
    private static final Duration WORK = Duration.ofMillis(1);

    /** Lest a busy machine end each handler before it begins the next. */
    private static final Duration WORK_BEFORE_THE_LIMIT = Duration.ofMillis(100);

    /** Run by JUnit. */
    public ConcurrencyRules() {}

    @Test
    @Rule("CON-1")
    @DisplayName(
            "what 50 threads publish with one bus, one by one, in lists and without waiting, comes whole, once and in order")
    final void manyThreadsPublish(Kit kit) {
        Scenario scenario = new Scenario(kit);
        for (int i = 0; i < 3; i++) {
            scenario.member(scenario.group(), event -> {});
        }
        BusUnderTest publisher = scenario.publisher();
        CountDownLatch begin = new CountDownLatch(1);
        List<CompletableFuture<Void>> threads = new ArrayList<>();
        for (int i = 0; i < PUBLISHERS; i++) {
            Random random = new Random(scenario.random().nextLong());
            String key = "thread " + i;
            threads.add(Aside.run(() -> {
                kit.await().latch("the beginning", begin);
                publishMany(scenario, publisher, key, random);
            }));
        }
        begin.countDown();
        kit.timing()
                .await(PUBLISHING.multipliedBy(Stress.times(1)))
                .result("the end of all threads", CompletableFuture.allOf(threads.toArray(CompletableFuture[]::new)));
        scenario.fence(publisher);
        scenario.check(checker -> checker.mustReach(new Reachability(
                "publishes of 10 threads open at once", history -> mostThreadsPublishing(history) >= 10)));
    }

    @Test
    @Rule("CON-3")
    @DisplayName("as many handlers run at once as are configured, when there is work on enough keys")
    final void concurrencyIsReached(Kit kit) {
        for (int handlers : List.of(1, 3, 16)) {
            CountDownLatch all = new CountDownLatch(handlers);
            CountDownLatch release = new CountDownLatch(1);
            BusUnderTest bus = kit.member(
                    kit.name("topic"),
                    kit.name("group"),
                    event -> {
                        all.countDown();
                        release.await();
                    },
                    builder -> builder.handlerConcurrency(handlers));
            for (int key = 0; key < handlers; key++) {
                bus.bus().publish(Sample.placed("key " + key, 1));
            }
            kit.await().latch(handlers + " handlers at once", all);
            release.countDown();
        }
    }

    @Test
    @Rule("CON-3")
    @DisplayName(
            "as many asynchronous handlers are at work at once as are configured, when there is work on enough keys")
    final void asynchronousConcurrencyIsReached(Kit kit) {
        CountDownLatch all = new CountDownLatch(HANDLERS);
        CompletableFuture<Void> release = new CompletableFuture<>();
        BusUnderTest bus = kit.bus(
                kit.name("topic"), builder -> builder.group(kit.name("group")).handlerConcurrency(HANDLERS));
        bus.bus().subscribeAsync(Sample.Placed.class, event -> {
            all.countDown();
            return release;
        });
        bus.start();
        for (int key = 0; key < HANDLERS; key++) {
            bus.bus().publish(Sample.placed("key " + key, 1));
        }
        kit.await().latch(HANDLERS + " handlers at once", all);
        release.complete(null);
    }

    @Test
    @Rule("CON-3")
    @DisplayName("under load, never more handlers run at once than are configured, those of all subscriptions together")
    final void concurrencyIsNotExceeded(Kit kit) {
        Probe probe = new Probe(HANDLERS);
        Witness witness = new Witness(event -> {
            probe.enter();
            LockSupport.parkNanos(probe.work().toNanos());
            probe.leave();
        });
        BusUnderTest bus = kit.bus(
                kit.name("topic"), builder -> builder.group(kit.name("group")).handlerConcurrency(HANDLERS));
        bus.bus().subscribe(Sample.Placed.class, witness);
        bus.bus().subscribeToAllEvents(event -> {
            probe.enter();
            LockSupport.parkNanos(probe.work().toNanos());
            probe.leave();
        });
        bus.start();
        load(kit, bus, witness);
        probe.requireLimit();
    }

    @Test
    @Rule("CON-3")
    @DisplayName("under load, never more asynchronous handlers are at work at once than are configured")
    final void asynchronousConcurrencyIsNotExceeded(Kit kit) {
        Probe probe = new Probe(HANDLERS);
        ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
        AutoCloseable end = later::shutdownNow;
        kit.closing(end);
        Witness witness = new Witness();
        BusUnderTest bus = kit.bus(
                kit.name("topic"), builder -> builder.group(kit.name("group")).handlerConcurrency(HANDLERS));
        bus.bus().subscribeAsync(Sample.Placed.class, event -> {
            probe.enter();
            witness.handle(event);
            CompletableFuture<Void> done = new CompletableFuture<>();
            later.schedule(
                    () -> {
                        probe.leave();
                        return done.complete(null);
                    },
                    probe.work().toNanos(),
                    TimeUnit.NANOSECONDS);
            return done;
        });
        bus.start();
        load(kit, bus, witness);
        probe.requireLimit();
    }

    private static void publishMany(Scenario scenario, BusUnderTest publisher, String key, Random random) {
        int count = Stress.times(EVENTS_OF_EACH);
        int number = 0;
        while (number < count) {
            switch (random.nextInt(3)) {
                case 0 -> scenario.publish(publisher, event(key, ++number, random));
                case 1 -> scenario.publishAsync(publisher, event(key, ++number, random));
                default -> {
                    List<Event<Sample.Placed>> list = new ArrayList<>();
                    while (list.size() < LIST && number < count) {
                        list.add(event(key, ++number, random));
                    }
                    scenario.publish(publisher, list);
                }
            }
        }
    }

    /** Each thread has a key of its own; the fences, which the test's own thread publishes for all keys, do not count. */
    private static int mostThreadsPublishing(History history) {
        String test = Thread.currentThread().getName();
        Map<String, Integer> open = new HashMap<>();
        int most = 0;
        for (HistoryRecord line : history.records()) {
            if (line.op() == Op.PUBLISH_INVOKE && !line.thread().equals(test)) {
                open.merge(line.key(), 1, Integer::sum);
            } else if (line.op() == Op.PUBLISH_RETURN) {
                open.computeIfPresent(line.key(), (key, count) -> count == 1 ? null : count - 1);
            }
            most = Math.max(most, open.size());
        }
        return most;
    }

    private static Event<Sample.Placed> event(String key, int number, Random random) {
        String text = Long.toHexString(random.nextLong()).repeat(random.nextInt(LONGEST_TEXT / Long.BYTES));
        return Event.of(new Sample.Placed(key, number, text)).withHeader("n", key + number);
    }

    /** More work than can be done at once, on more keys than there are handlers. */
    private static void load(Kit kit, BusUnderTest bus, Witness witness) {
        List<Event<Sample.Placed>> events = new ArrayList<>();
        for (int number = 0; number < Stress.times(EVENTS_OF_KEY); number++) {
            for (int key = 0; key < KEYS; key++) {
                events.add(Event.of(Sample.placed("key " + key, number)));
            }
        }
        bus.bus().publish(events);
        for (int key = 0; key < KEYS; key++) {
            kit.fence(bus, "key " + key, witness);
        }
        assertEquals(events.size(), witness.calls().size());
    }

    /** Counts who is inside at once. */
    private static final class Probe {

        private final int limit;
        private final AtomicInteger inside = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();

        Probe(int limit) {
            this.limit = limit;
        }

        void enter() {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
        }

        void leave() {
            inside.decrementAndGet();
        }

        /** How long to stay inside: until as many were there as may be, for longer. */
        Duration work() {
            return most.get() < limit ? WORK_BEFORE_THE_LIMIT : WORK;
        }

        /** As many were inside at once as may be, and never more. */
        void requireLimit() {
            assertTrue(most.get() <= limit, () -> most + " handlers at once; configured are " + limit);
            Inconclusive.unless(most.get() == limit, limit + " handlers at once; most were " + most);
        }
    }
}
