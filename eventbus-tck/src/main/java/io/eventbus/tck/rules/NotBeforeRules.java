package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventbus.Event;
import io.eventbus.InvalidEventException;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Collected;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Witness;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** RTY-6: events that are not to be handled at once. */
@Conformance
public class NotBeforeRules {

    private static final List<Duration> DELAYS =
            List.of(Duration.ofSeconds(3), Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ZERO);

    /** By how much a machine that is busy may delay a handler. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    /** Run by JUnit. */
    public NotBeforeRules() {}

    @Test
    @Rule("RTY-6")
    @DisplayName(
            "no event is handled before its time, each soon after it, and what follows with its key comes after it")
    final void notBefore(Kit kit) {
        String topic = kit.name("topic");
        Collected<Handled> handled = new Collected<>();
        Witness witness = new Witness(event -> handled.add(new Handled(event, Instant.now())));
        kit.member(topic, kit.name("group"), witness, builder -> builder.handlerConcurrency(1));
        BusUnderTest publisher = kit.publisher(topic);
        Instant begin = Instant.now();
        List<Event<Sample.Placed>> delayed = Stream.iterate(0, i -> i + 1)
                .limit(DELAYS.size())
                .map(i -> Event.of(Sample.placed(key(i), i)).withNotBefore(begin.plus(DELAYS.get(i))))
                .toList();
        publisher.bus().publish(delayed);
        for (int i = 0; i < DELAYS.size(); i++) {
            publisher.bus().publish(Sample.placed(key(i), -1));
        }
        Instant published = Instant.now();
        List<Handled> all = kit.await().count("all events", handled, 2 * DELAYS.size());
        for (Event<Sample.Placed> event : delayed) {
            Handled first = ofKey(all, event).get(0);
            Instant notBefore = Objects.requireNonNull(event.notBefore());
            Instant latest = later(notBefore, published).plus(kit.timing().slack(SLACK));
            assertEquals(
                    event.id(),
                    first.event().id(),
                    "the first event of " + first.event().key());
            assertEquals(notBefore, first.event().notBefore(), "the time that the handler sees");
            assertEquals(1, first.event().attempt(), "attempt");
            assertTrue(!first.at().isBefore(notBefore), () -> "not before " + notBefore + ", was at " + first.at());
            assertTrue(first.at().isBefore(latest), () -> "not after " + latest + ", was at " + first.at());
        }
    }

    private static String key(int number) {
        return "key " + number;
    }

    private static List<Handled> ofKey(List<Handled> all, Event<Sample.Placed> event) {
        return all.stream()
                .filter(one ->
                        one.event().payload().order().equals(event.payload().order()))
                .toList();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    @Test
    @Rule("RTY-6")
    @DisplayName("a time that is too far ahead is refused, and nothing is sent")
    final void tooFarAhead(Kit kit) {
        String topic = kit.name("topic");
        Witness witness = new Witness();
        BusUnderTest member = kit.member(topic, kit.name("group"), witness);
        Instant far = Instant.now().plus(Event.LONGEST_DELAY).plusSeconds(60);
        assertThrows(
                InvalidEventException.class,
                () -> member.bus().publish(Event.of(Sample.placed(key(1), 1)).withNotBefore(far)));
        member.bus().publish(Sample.placed(key(1), 2));
        kit.fence(member, key(1), witness);
        assertEquals(List.of(2), witness.numbers());
    }

    @Test
    @Rule("RTY-6")
    @DisplayName(
            "a bus that is closed while events wait for their time closes at once, and the next member waits with them")
    final void closedBefore(Kit kit) {
        String topic = kit.name("topic");
        String group = kit.name("group");
        Witness first = new Witness();
        BusUnderTest member = kit.member(topic, group, first);
        BusUnderTest publisher = kit.publisher(topic);
        Instant notBefore = Instant.now().plusSeconds(4);
        publisher.bus().publish(Event.of(Sample.placed(key(1), 1)).withNotBefore(notBefore));
        kit.await()
                .precondition()
                .until("the event at the member", () -> member.bus().stats().inFlight() == 1);
        member.close();
        Collected<Instant> handledAt = new Collected<>();
        Witness next = new Witness(event -> handledAt.add(Instant.now()));
        kit.member(topic, group, next);
        Instant at = kit.await().count("the event", handledAt, 1).get(0);
        assertTrue(!at.isBefore(notBefore), () -> "not before " + notBefore + ", was at " + at);
        kit.fence(publisher, key(1), next);
        assertEquals(0, first.calls().size(), "calls before the close");
    }

    private record Handled(Event<Sample.Placed> event, Instant at) {}
}
