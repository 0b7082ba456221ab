package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventbus.Event;
import io.eventbus.RetryPolicy;
import io.eventbus.SubscriptionOptions;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Witness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** RTY: how long a failed event waits for its next attempt. */
@Conformance
public class RetryPauseRules {

    private static final Duration SLACK = Duration.ofMillis(200);

    /** Run by JUnit. */
    public RetryPauseRules() {}

    @Test
    @Rule("RTY-2")
    @DisplayName("pauses double from the first to the longest, and are shorter than that by the jitter at most")
    final void pausesAreLongEnough(Kit kit) {
        RetryPolicy policy = RetryPolicy.defaults()
                .withMaxAttempts(5)
                .withBackoff(Duration.ofMillis(40), Duration.ofMillis(160))
                .withJitter(0.25);
        List<Duration> shortest =
                List.of(Duration.ofMillis(30), Duration.ofMillis(60), Duration.ofMillis(120), Duration.ofMillis(120));
        for (List<Duration> pauses : pauses(kit, policy, 5)) {
            for (int i = 0; i < shortest.size(); i++) {
                Duration pause = pauses.get(i);
                assertTrue(pause.compareTo(shortest.get(i)) >= 0, "pause " + (i + 1) + " took " + pause);
            }
        }
    }

    /**
     * What stalls the machine makes the pauses without jitter longer, too; a jitter that goes beyond makes a quarter of the others
     * much longer.
     */
    @Test
    @Rule("RTY-2")
    @DisplayName("no pause exceeds the longest, jitter included: the longest quarter is no longer than without jitter")
    final void pausesAreShortEnough(Kit kit) {
        int events = 40;
        Duration longest = Duration.ofSeconds(1);
        RetryPolicy varied = RetryPolicy.defaults()
                .withMaxAttempts(2)
                .withBackoff(longest, longest)
                .withJitter(1);
        Pauses pauses = new Pauses();
        Pauses fixed = new Pauses();
        String topic = kit.name("topic");
        BusUnderTest member =
                kit.bus(topic, builder -> builder.group(kit.name("group")).handlerConcurrency(2 * events));
        member.bus()
                .subscribe(
                        Sample.Placed.class,
                        event -> pauses.fail(event, event.payload().number(), varied),
                        SubscriptionOptions.defaults().withRetry(varied));
        member.bus()
                .subscribe(
                        Sample.Shipped.class,
                        event -> fixed.fail(event, event.payload().number(), varied),
                        SubscriptionOptions.defaults().withRetry(varied.withJitter(0)));
        member.start();
        List<Object> mixed = IntStream.rangeClosed(1, events)
                .boxed()
                .flatMap(n -> Stream.<Object>of(Sample.placed(key(n), n), new Sample.Shipped("fixed " + n, n)))
                .toList();
        kit.publisher(topic).bus().publish(mixed);
        kit.await().until("all pauses", () -> pauses.count() == events && fixed.count() == events);
        Duration limit = fixed.thirdQuartile().plus(kit.timing().slack(SLACK));
        Duration most = pauses.thirdQuartile();
        assertTrue(
                most.compareTo(limit) <= 0,
                () -> "a quarter of the pauses took " + most + " or more, of at most " + longest + ": " + pauses.all());
    }

    /** What passed between the end of an attempt and the start of the next, for events that need all attempts. */
    private static List<List<Duration>> pauses(Kit kit, RetryPolicy policy, int events) {
        Pauses pauses = new Pauses();
        String topic = kit.name("topic");
        Witness witness =
                new Witness(event -> pauses.fail(event, event.payload().number(), policy));
        kit.member(
                topic,
                kit.name("group"),
                witness,
                builder -> builder.retry(policy).handlerConcurrency(events));
        kit.publisher(topic)
                .bus()
                .publish(IntStream.rangeClosed(1, events)
                        .mapToObj(n -> Sample.placed(key(n), n))
                        .toList());
        int expected = events * (policy.maxAttempts() - 1);
        kit.await().until(expected + " pauses", () -> pauses.count() == expected);
        return pauses.byEvent();
    }

    /** When attempts start and fail, by event. Thread-safe. */
    private static final class Pauses {

        private final Map<Integer, List<Duration>> measured = new TreeMap<>(); // guarded by itself
        private final Map<Integer, Long> failedAt = new ConcurrentHashMap<>();

        /** Fails all attempts but the last. */
        void fail(Event<?> event, int number, RetryPolicy policy) {
            started(number);
            if (event.attempt() < policy.maxAttempts()) {
                failedAt.put(number, System.nanoTime());
                throw new IllegalStateException("told to fail attempt " + event.attempt());
            }
        }

        private void started(int number) {
            long now = System.nanoTime();
            Long since = failedAt.get(number);
            if (since != null) {
                synchronized (measured) {
                    measured.computeIfAbsent(number, unused -> new ArrayList<>())
                            .add(Duration.ofNanos(now - since));
                }
            }
        }

        int count() {
            synchronized (measured) {
                return measured.values().stream().mapToInt(List::size).sum();
            }
        }

        List<List<Duration>> byEvent() {
            synchronized (measured) {
                return List.copyOf(measured.values());
            }
        }

        List<Duration> all() {
            return byEvent().stream().flatMap(List::stream).toList();
        }

        Duration thirdQuartile() {
            List<Duration> sorted = all().stream().sorted().toList();
            return sorted.get(sorted.size() * 3 / 4);
        }
    }

    private static String key(int number) {
        return "key " + number;
    }
}
