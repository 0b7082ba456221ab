package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventbus.EventBusException;
import io.eventbus.PublishException;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Collected;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Inconclusive;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Witness;
import io.eventbus.tck.net.TcpProxy;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** PUB-2: every publish ends in time, whatever the broker does. */
@Conformance
public class PublishTimeoutRules {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration SLACK = Duration.ofMillis(1500);
    private static final int ROOM = 20;
    private static final int PUBLISHES = 3 * ROOM;

    /** Run by JUnit. */
    public PublishTimeoutRules() {}

    @Test
    @Rule("PUB-2")
    @DisplayName("every publish ends in time when the broker does not answer, also those that wait for room")
    final void noAnswer(Kit kit) {
        Publisher publisher = Publisher.on(kit);
        publisher.assertWorks(kit);
        publisher.bus().faults().ignoreSends();
        publisher.assertAllEndInTime(kit);
        Inconclusive.unless(publisher.bus().faults().ignored() > 0, "a send without an answer");
        publisher.bus().faults().acceptSends();
        publisher.assertWorks(kit);
    }

    @Test
    @Rule("PUB-2")
    @DisplayName("every publish ends in time when the network swallows everything")
    final void silence(Kit kit) {
        kit.requireNetwork();
        Publisher publisher = Publisher.on(kit);
        publisher.assertWorks(kit);
        publisher.proxy().silence();
        publisher.assertAllEndInTime(kit);
        publisher.proxy().heal();
        publisher.assertWorks(kit);
    }

    @Test
    @Rule("PUB-2")
    @DisplayName("every publish ends in time when the broker is gone")
    final void gone(Kit kit) {
        kit.requireNetwork();
        Publisher publisher = Publisher.on(kit);
        publisher.assertWorks(kit);
        publisher.proxy().cut();
        publisher.assertAllEndInTime(kit);
        publisher.proxy().heal();
        publisher.assertWorks(kit);
    }

    /** A bus with a small time-out and little room, one with a generous time-out, and a group that sees whether the first works. */
    private record Publisher(BusUnderTest bus, BusUnderTest patient, Witness witness, AtomicInteger probes) {

        static Publisher on(Kit kit) {
            String topic = kit.name("topic");
            Witness witness = new Witness();
            kit.member(topic, kit.name("group"), witness);
            BusUnderTest bus = kit.bus(
                            topic, builder -> builder.publishTimeout(TIMEOUT).maxPublishesInFlight(ROOM))
                    .start();
            return new Publisher(bus, kit.publisher(topic), witness, new AtomicInteger());
        }

        TcpProxy proxy() {
            return bus.proxy().orElseThrow();
        }

        /** Twice. A disk that is busy may take longer than the small time-out to store one. */
        void assertWorks(Kit kit) {
            for (int i = 0; i < 2; i++) {
                int probe = PUBLISHES + probes.incrementAndGet();
                kit.await().until("a publish that is accepted", () -> accepts(probe));
                kit.fence(patient, "k", witness);
                assertTrue(witness.numbers().contains(probe), "what was accepted is handled");
            }
        }

        private boolean accepts(int number) {
            try {
                bus.bus().publish(Sample.placed("k", number));
                return true;
            } catch (PublishException e) {
                return false;
            }
        }

        /** Each by a thread of its own, since a publish waits for room; one of them publishes a list. */
        void assertAllEndInTime(Kit kit) {
            ExecutorService threads = Executors.newFixedThreadPool(PUBLISHES);
            Collected<Duration> times = new Collected<>();
            IntStream.range(1, PUBLISHES).forEach(i -> threads.execute(() -> times.add(timeOf(one(i)))));
            threads.execute(() -> times.add(timeOf(this::publishList)));
            threads.shutdown();
            List<Duration> all =
                    kit.timing().declared(TIMEOUT.multipliedBy(3)).count("the end of every publish", times, PUBLISHES);
            Duration longest = Collections.max(all);
            Duration limit = TIMEOUT.plus(kit.timing().slack(SLACK));
            assertTrue(longest.compareTo(limit) <= 0, () -> "the longest publish took " + longest + " of " + limit);
            kit.await().until("no open publish", () -> bus.bus().stats().publishesInFlight() == 0);
        }

        private Runnable one(int number) {
            Sample.Placed event = Sample.placed("k", number);
            return number % 2 == 0
                    ? () -> bus.bus().publish(event)
                    : () -> bus.bus().publishAsync(event).toCompletableFuture().join();
        }

        private void publishList() {
            bus.bus()
                    .publish(IntStream.range(0, PUBLISHES)
                            .mapToObj(i -> Sample.placed("k", i))
                            .toList());
        }

        /** How it ended is not asked here, only when. */
        private static Duration timeOf(Runnable publish) {
            long start = System.nanoTime();
            try {
                publish.run();
            } catch (EventBusException | CompletionException e) {
                return Duration.ofNanos(System.nanoTime() - start);
            }
            return Duration.ofNanos(System.nanoTime() - start);
        }
    }
}
