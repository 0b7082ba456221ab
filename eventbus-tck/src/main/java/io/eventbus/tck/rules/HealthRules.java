package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventbus.Health;
import io.eventbus.tck.Aside;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Collected;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Witness;
import io.eventbus.tck.net.TcpProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** OBS-2: what the health says while the broker is lost and found again. */
@Conformance
public class HealthRules {

    /** On top of the detection time: until the bus has said it, and somebody has asked. */
    static final Duration SLACK = Duration.ofMillis(1500);

    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(1);
    private static final long ASK_EVERY_MILLIS = 100;

    /** Run by JUnit. */
    public HealthRules() {}

    @Test
    @Rule("OBS-2")
    @DisplayName("the health is up, down soon after connections were reset, and up again when the broker is back")
    final void throughCut(Kit kit) {
        followsNetwork(kit, TcpProxy::cut);
    }

    @Test
    @Rule("OBS-2")
    @DisplayName("the health is up, down soon after connections fell silent, and up again when the broker is back")
    final void throughSilence(Kit kit) {
        followsNetwork(kit, TcpProxy::silence);
    }

    private static void followsNetwork(Kit kit, Consumer<TcpProxy> fault) {
        kit.requireNetwork();
        String topic = kit.name("topic");
        Witness witness = new Witness();
        Collected<Health> heard = new Collected<>();
        BusUnderTest bus = kit.member(
                topic,
                kit.name("group"),
                witness,
                builder -> kit.attentive(builder).onHealth(heard::add));
        kit.fence(bus, "key", witness);
        try (Questioner questioner = Questioner.of(bus)) {
            questioner.await(kit, 1, Health.Status.UP, Duration.ZERO);
            fault.accept(bus.network());
            questioner.await(kit, 2, Health.Status.DOWN, kit.environment().detectionTime());
            bus.network().heal();
            questioner.await(kit, 3, Health.Status.UP, kit.environment().detectionTime());
            questioner.assertPrompt(kit.timing().slack(LONGEST_ANSWER));
            assertEquals(
                    List.of(Health.Status.DOWN, Health.Status.UP),
                    kit.await().count("what the health listener hears", heard, 2).stream()
                            .limit(2)
                            .map(Health::status)
                            .toList());
        }
    }

    /** Asks for the health again and again, on a thread of its own, and remembers each change and how long answers took. */
    private static final class Questioner implements AutoCloseable {

        private final BusUnderTest bus;
        private final CountDownLatch stop = new CountDownLatch(1);
        private final Collected<Health> changes = new Collected<>();
        private final Collected<Duration> times = new Collected<>();
        private final CompletableFuture<Void> done;

        private Questioner(BusUnderTest bus) {
            this.bus = bus;
            this.done = Aside.run(this::ask);
        }

        static Questioner of(BusUnderTest bus) {
            return new Questioner(bus);
        }

        private void ask() {
            List<Health.Status> last = new ArrayList<>();
            try {
                do {
                    long start = System.nanoTime();
                    Health health = bus.bus().health();
                    times.add(Duration.ofNanos(System.nanoTime() - start));
                    if (!last.equals(List.of(health.status()))) {
                        changes.add(health);
                        last = List.of(health.status());
                    }
                } while (!stop.await(ASK_EVERY_MILLIS, TimeUnit.MILLISECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** Waits for a change, within what was declared and a little more. */
        void await(Kit kit, int number, Health.Status status, Duration within) {
            Health health = kit.timing()
                    .declared(within.plus(SLACK))
                    .count("health " + status, changes, number)
                    .get(number - 1);
            assertEquals(status, health.status(), "change " + number);
            assertEquals(status == Health.Status.UP, health.reason().isEmpty(), health::toString);
        }

        void assertPrompt(Duration limit) {
            Duration longest = Collections.max(times.snapshot());
            assertTrue(longest.compareTo(limit) < 0, () -> "the slowest answer took " + longest);
        }

        /** Throws what asking has thrown. */
        @Override
        public void close() {
            stop.countDown();
            done.join();
        }
    }
}
