package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventbus.Binding;
import io.eventbus.BusStats;
import io.eventbus.Event;
import io.eventbus.EventBus;
import io.eventbus.InvalidEventException;
import io.eventbus.PublishException;
import io.eventbus.RawEvent;
import io.eventbus.RetryPolicy;
import io.eventbus.UnknownTypePolicy;
import io.eventbus.spi.Destination;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Witness;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** OBS: what the bus counts. */
@Conformance
public class CounterRules {

    private static final String KEY = "key";
    private static final String FAILS_ONCE = "fails once";
    private static final String FAILS_ALWAYS = "fails always";
    private static final byte[] NO_JSON = "{".getBytes(StandardCharsets.UTF_8);

    private static final int GOOD = 20;
    private static final int FAILING_ONCE = 5;
    private static final int FAILING_ALWAYS = 3;
    private static final int UNDECODABLE = 4;
    private static final int UNKNOWN = 6;
    private static final int NOT_SELECTED = 7;
    private static final long ALL = GOOD + FAILING_ONCE + FAILING_ALWAYS + UNDECODABLE + UNKNOWN + NOT_SELECTED;
    private static final int FENCE = 1;

    private static final int ATTEMPTS = 3;
    private static final RetryPolicy RETRY =
            RetryPolicy.defaults().withMaxAttempts(ATTEMPTS).withBackoff(Duration.ofMillis(2), Duration.ofMillis(5));

    /** Run by JUnit. */
    public CounterRules() {}

    @Test
    @Rule("OBS-1")
    @DisplayName(
            "at rest, every event of a group is counted as what became of it, and every call of a handler by how it ended")
    final void countsWhatBecameOfEvents(Kit kit) {
        String topic = kit.name("topic");
        Witness witness = Witness.failing(event -> switch (event.payload().text()) {
            case FAILS_ONCE -> event.attempt() == 1;
            case FAILS_ALWAYS -> true;
            default -> false;
        });
        BusUnderTest member = kit.bus(
                topic,
                builder -> builder.group(kit.name("group")).retry(RETRY).unknownTypes(UnknownTypePolicy.DISCARD));
        member.bus().subscribe(Sample.Placed.class, witness);
        member.bus().subscribe(Binding.topic("Other.#"), event -> {});
        member.start();
        BusUnderTest publisher = kit.publisher(topic);
        publishAll(publisher.bus());
        kit.fence(publisher, KEY, witness);
        BusStats stats = atRest(kit, member);
        kit.deadLetters(member, FAILING_ALWAYS + UNDECODABLE);
        long succeeded = GOOD + FAILING_ONCE + FENCE;
        assertAll(
                () -> assertEquals(succeeded, stats.handled(), "handled"),
                () -> assertEquals(FAILING_ALWAYS + UNDECODABLE, stats.deadLettered(), "dead-lettered"),
                () -> assertEquals(UNKNOWN, stats.discarded(), "discarded"),
                () -> assertEquals(succeeded, stats.successes(), "successes"),
                () -> assertEquals(FAILING_ONCE + FAILING_ALWAYS * ATTEMPTS, stats.failures(), "failures"),
                () -> assertEquals(FAILING_ONCE + FAILING_ALWAYS * (ATTEMPTS - 1), stats.retries(), "retries"),
                () -> assertTrue(stats.filtered() <= NOT_SELECTED, () -> "filtered " + stats.filtered()),
                () -> assertEquals(0, stats.released(), "released"));
        assertBalanced(stats);
    }

    @Test
    @Rule("OBS-1")
    @DisplayName("every publish is counted by its outcome, and none is open at rest")
    final void countsPublishes(Kit kit) {
        BusUnderTest publisher = kit.publisher(kit.name("topic"));
        publishAll(publisher.bus());
        assertThrows(InvalidEventException.class, () -> publisher.bus().publish("not registered"));
        assertThrows(
                InvalidEventException.class,
                () -> publisher.bus().publish(Event.of(placed("")).withId("")));
        publisher.faults().refuseSends(Destination.Topic.class::isInstance);
        assertThrows(PublishException.class, () -> publisher.bus().publish(placed("")));
        publisher.faults().acceptSends();
        publisher.faults().failNextSend(new IllegalStateException("nobody knows what became of it"));
        assertThrows(PublishException.class, () -> publisher.bus().publish(placed("")));
        kit.await().until("no open publish", () -> publisher.bus().stats().publishesInFlight() == 0);
        BusStats stats = publisher.bus().stats();
        assertEquals(List.of(ALL, 3L, 1L), List.of(stats.published(), stats.publishFailed(), stats.publishUnknown()));
    }

    @Test
    @Rule("OBS-1")
    @DisplayName("what a group has accepted is what its members have settled and its backlog")
    final void acceptedIsSettledAndBacklog(Kit kit) {
        String topic = kit.name("topic");
        String group = kit.name("group");
        Witness witness = new Witness();
        BusUnderTest publisher = kit.publisher(topic);
        BusUnderTest observer = kit.member(topic, group).start();
        BusUnderTest first = kit.member(topic, group, witness);
        publish(publisher.bus(), 10, "");
        kit.fence(publisher, KEY, witness);
        first.close();
        publish(publisher.bus(), 6, "");
        kit.await().until("a backlog of 6", () -> observer.bus().queueInfo().backlog() == 6);
        assertEquals(publisher.bus().stats().published(), first.bus().stats().handled() + 6);
        BusUnderTest second = kit.member(topic, group, witness);
        kit.fence(publisher, KEY, witness);
        kit.await().until("no backlog", () -> observer.bus().queueInfo().backlog() == 0);
        long handled = first.bus().stats().handled() + atRest(kit, second).handled();
        assertEquals(publisher.bus().stats().published(), handled);
    }

    @Test
    @Rule("OBS-1")
    @DisplayName("what handlers have not settled is in flight")
    final void countsWhatIsInFlight(Kit kit) {
        String topic = kit.name("topic");
        CountDownLatch running = new CountDownLatch(3);
        CountDownLatch release = new CountDownLatch(1);
        BusUnderTest member = kit.member(topic, kit.name("group"), event -> {
            running.countDown();
            release.await();
        });
        for (int key = 0; key < 3; key++) {
            member.bus().publish(Sample.placed("key " + key, 1));
        }
        kit.await().latch("three handlers at work", running);
        assertEquals(3, member.bus().stats().inFlight());
        release.countDown();
        assertEquals(3, atRest(kit, member).handled());
    }

    @Test
    @Rule("OBS-1")
    @DisplayName("when a session is lost while handlers run, what they had is counted as released, and all balances")
    final void countsWhatIsReleased(Kit kit) {
        String topic = kit.name("topic");
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Witness witness = new Witness(event -> {
            running.countDown();
            release.await();
        });
        BusUnderTest member = kit.member(topic, kit.name("group"), witness);
        BusUnderTest publisher = kit.publisher(topic);
        publish(publisher.bus(), 3, "");
        kit.await().precondition().latch("a handler at work", running);
        member.faults().failNextPoll(new IllegalStateException("the session is lost"));
        kit.await()
                .precondition()
                .until("another session", () -> member.bus().stats().reconnects() == 1);
        release.countDown();
        kit.fence(publisher, KEY, witness);
        BusStats stats = atRest(kit, member);
        assertTrue(stats.released() >= 1, () -> "released " + stats.released());
        assertEquals(3 + FENCE, stats.handled());
        assertBalanced(stats);
    }

    private static void publishAll(EventBus bus) {
        publish(bus, GOOD, "");
        publish(bus, FAILING_ONCE, FAILS_ONCE);
        publish(bus, FAILING_ALWAYS, FAILS_ALWAYS);
        for (int i = 0; i < UNDECODABLE; i++) {
            bus.publish(new RawEvent("Order", "Placed", KEY, "application/json", NO_JSON));
        }
        for (int i = 0; i < UNKNOWN; i++) {
            bus.publish(new RawEvent("Other", "Thing", KEY, "application/json", NO_JSON));
        }
        for (int i = 0; i < NOT_SELECTED; i++) {
            bus.publish(new Sample.Shipped(KEY, i));
        }
    }

    private static void publish(EventBus bus, int count, String text) {
        for (int i = 0; i < count; i++) {
            bus.publish(placed(text));
        }
    }

    private static Sample.Placed placed(String text) {
        return new Sample.Placed(KEY, 1, text);
    }

    private static BusStats atRest(Kit kit, BusUnderTest bus) {
        kit.await().until("nothing in flight", () -> bus.bus().stats().inFlight() == 0);
        return bus.bus().stats();
    }

    private static void assertBalanced(BusStats stats) {
        long settled = stats.handled() + stats.deadLettered() + stats.discarded() + stats.filtered();
        assertAll(
                () -> assertEquals(stats.received(), settled + stats.released(), "received"),
                () -> assertEquals(stats.attempts(), stats.successes() + stats.failures(), "attempts"));
    }
}
