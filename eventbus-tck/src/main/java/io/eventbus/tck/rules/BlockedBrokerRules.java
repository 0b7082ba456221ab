package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventbus.Event;
import io.eventbus.Health;
import io.eventbus.PublishException;
import io.eventbus.spi.TransportException;
import io.eventbus.spi.TransportException.Kind;
import io.eventbus.spi.TransportException.Outcome;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Collected;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Witness;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** PUB-2: every publish ends in time, and truly, also where the broker is full. */
@Conformance
public class BlockedBrokerRules {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration SLACK = Duration.ofMillis(1500);
    private static final int PUBLISHES = 40;

    private static final Set<Kind> MAY_PASS = EnumSet.of(Kind.FULL, Kind.TIMEOUT, Kind.UNAVAILABLE);

    /** Together more than a client may keep for a broker that takes nothing. */
    private static final String LARGE = "x".repeat(8 * 1024);

    /** Run by JUnit. */
    public BlockedBrokerRules() {}

    @Test
    @Rule("PUB-2")
    @DisplayName(
            "when the broker is full, every publish ends in time and says truly how, where and why, and so does the health, until there is room")
    final void full(Kit shared) {
        Kit kit = shared.blockable();
        String topic = kit.name("topic");
        Witness witness = new Witness();
        kit.member(topic, kit.name("group"), witness);
        BusUnderTest publisher =
                kit.bus(topic, builder -> builder.publishTimeout(TIMEOUT)).start();
        BusUnderTest patient = kit.publisher(topic);
        kit.fence(patient, "k", witness);
        kit.await().precondition().until("a publish that is accepted", () -> accepts(publisher));
        kit.blockade().block();
        List<Ending> endings = publishAll(kit, publisher);
        endings.forEach(ending -> assertClear(ending, topic));
        kit.await().until("the health to be down", () -> status(publisher) == Health.Status.DOWN);
        assertFalse(publisher.bus().health().reason().isBlank(), "the reason");
        kit.blockade().unblock();
        kit.await().until("a publish that is accepted", () -> accepts(publisher));
        kit.fence(patient, "k", witness);
        kit.await().until("the health to be up", () -> status(publisher) == Health.Status.UP);
        assertTruthful(endings, new HashSet<>(witness.numbers()));
    }

    private static List<Ending> publishAll(Kit kit, BusUnderTest publisher) {
        Collected<Ending> endings = new Collected<>();
        IntStream.rangeClosed(1, PUBLISHES).forEach(number -> publish(publisher, number, endings));
        List<Ending> all =
                kit.timing().declared(TIMEOUT.multipliedBy(3)).count("the end of every publish", endings, PUBLISHES);
        Duration limit = TIMEOUT.plus(kit.timing().slack(SLACK));
        all.forEach(ending ->
                assertTrue(ending.after().compareTo(limit) <= 0, () -> ending + " took longer than " + limit));
        all.forEach(ending ->
                assertTrue(ending.failure() == null || ending.failure() instanceof PublishException, ending::toString));
        return all;
    }

    /** Whoever reads it learns which event it is, where it was to go, and what the broker did: say so, be gone, or say nothing. */
    private static void assertClear(Ending ending, String topic) {
        if (ending.failure() instanceof PublishException failure) {
            assertEquals(ending.event(), failure.eventId(), "the event's id");
            String message = String.valueOf(failure.getMessage());
            assertTrue(message.contains(topic), () -> "names no topic: " + failure);
            assertTrue(message.contains(why(failure)), () -> "does not say why: " + failure);
        }
    }

    /** The time without an answer, or what the transport says, which is no matter of this event. */
    private static String why(PublishException failure) {
        if (failure.getCause() == null) {
            return TIMEOUT.toMillis() + " ms";
        }
        TransportException cause = assertInstanceOf(TransportException.class, failure.getCause(), failure::toString);
        assertTrue(MAY_PASS.contains(cause.kind()), () -> "will not pass when there is room: " + cause);
        String why = String.valueOf(cause.getMessage());
        assertFalse(why.isBlank(), () -> "the transport gives no reason: " + failure);
        return why;
    }

    private static void publish(BusUnderTest publisher, int number, Collected<Ending> endings) {
        Event<Sample.Placed> event = Event.of(new Sample.Placed("k", number, LARGE));
        long start = System.nanoTime();
        publisher
                .bus()
                .publishAsync(event)
                .whenComplete((done, failure) -> endings.add(
                        new Ending(number, event.id(), failure, Duration.ofNanos(System.nanoTime() - start))));
    }

    private static void assertTruthful(List<Ending> endings, Set<Integer> handled) {
        Set<Integer> accepted = numbers(endings, null);
        accepted.removeAll(handled);
        assertEquals(Set.of(), accepted, "accepted, and lost");
        Set<Integer> refused = numbers(endings, Outcome.NOT_ACCEPTED);
        refused.retainAll(handled);
        assertEquals(Set.of(), refused, "not accepted, and handled");
    }

    private static Set<Integer> numbers(List<Ending> endings, @Nullable Outcome outcome) {
        return endings.stream()
                .filter(ending -> ending.outcome() == outcome)
                .map(Ending::number)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static Health.Status status(BusUnderTest bus) {
        return bus.bus().health().status();
    }

    private static boolean accepts(BusUnderTest publisher) {
        try {
            publisher.bus().publish(Sample.placed("other", 0));
            return true;
        } catch (PublishException e) {
            return false;
        }
    }

    /** How one publish ended: its outcome is null if it was accepted. */
    private record Ending(
            int number, String event, @Nullable Throwable failure, Duration after) {

        @Nullable Outcome outcome() {
            return failure instanceof PublishException e ? e.outcome() : null;
        }
    }
}
