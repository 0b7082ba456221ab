package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventbus.DeadLetterFilter;
import io.eventbus.Event;
import io.eventbus.PublishException;
import io.eventbus.ReplayOptions;
import io.eventbus.spi.Destination;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Witness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** DLQ: the way back from the dead letters. */
@Conformance
public class DeadLetterReplayRules {

    private static final String KEY = FailingGroup.KEY;
    private static final DeadLetterFilter ALL = DeadLetterFilter.all();

    /** Run by JUnit. */
    public DeadLetterReplayRules() {}

    @Test
    @Rule("DLQ-5")
    @DisplayName("a replay reaches the group that failed and no other, as a first attempt with the same id and headers")
    final void replayReachesFailedGroup(Kit kit) {
        String topic = kit.name("topic");
        Witness one = new Witness();
        Witness two = new Witness();
        kit.member(topic, kit.name("one"), one);
        kit.member(topic, kit.name("two"), two);
        FailingGroup group = new FailingGroup(kit, topic, 2);
        Event<?> event = Event.of(Sample.placed(KEY, 1))
                .withHeaders(Map.of("Mixed Case", "ünïcode", "eb-dl-reason", "mine"))
                .withCorrelationId("c");
        group.bury(kit, event);
        kit.fence(group.publisher(), KEY, one, two);
        group.succeed();
        assertTrue(group.desk().replay(event.id()), "a dead letter of that id");
        kit.await().count("the replayed event", group.witness().calls(), 3);
        kit.fence(group.publisher(), KEY, one, two, group.witness());
        List<Event<Sample.Placed>> again = group.callsAfter(2);
        assertEquals(List.of(event.id()), FailingGroup.eventIds(again), "what was handled after the replay");
        assertEquals(1, again.get(0).attempt(), "attempt");
        assertFalse(again.get(0).redelivered(), "redelivered");
        assertEquals(event.headers(), again.get(0).headers());
        assertEquals("c", again.get(0).correlationId());
        assertEquals(event.occurredAt(), again.get(0).occurredAt());
        assertEquals(List.of(1), one.numbers(), "events at a group that did not fail");
        assertEquals(List.of(1), two.numbers(), "events at another group that did not fail");
        assertEquals(0, group.desk().count(), "dead letters");
    }

    @Test
    @Rule("DLQ-5")
    @DisplayName("the first, the middle and the last dead letter can be replayed, each once, and an unknown one cannot")
    final void replaysAnyLetter(Kit kit) {
        FailingGroup group = new FailingGroup(kit);
        List<String> ids = FailingGroup.eventIds(group.bury(kit, 5));
        group.succeed();
        for (int which : List.of(2, 0, 4)) {
            assertTrue(group.desk().replay(ids.get(which)), "replay of number " + which);
            assertFalse(group.desk().replay(ids.get(which)), "second replay of number " + which);
        }
        assertFalse(group.desk().replay("unknown"), "replay of an unknown id");
        kit.await().count("the replayed events", group.witness().calls(), 13);
        group.fence(kit);
        assertEquals(List.of(ids.get(2), ids.get(0), ids.get(4)), FailingGroup.eventIds(group.callsAfter(10)));
        assertEquals(
                List.of(ids.get(1), ids.get(3)), FailingGroup.ids(group.desk().list(10)), "what stays");
    }

    @Test
    @Rule("DLQ-5")
    @DisplayName(
            "a dead letter whose event is refused or not answered stays, and can be replayed when the broker takes it")
    final void staysUntilAccepted(Kit kit) {
        FailingGroup group = new FailingGroup(kit);
        String id = FailingGroup.eventIds(group.bury(kit, 1)).get(0);
        group.succeed();
        group.member().faults().refuseSends(Destination.Inbox.class::isInstance);
        assertThrows(PublishException.class, () -> group.desk().replay(id));
        assertThrows(PublishException.class, () -> group.desk().replayAll());
        assertEquals(List.of(id), FailingGroup.ids(kit.deadLetters(group.member(), 1)), "after a refusal");
        group.member().faults().acceptSends();
        BusUnderTest impatient = kit.bus(
                        group.topic(), builder -> builder.group(group.name()).publishTimeout(Duration.ofMillis(500)))
                .start();
        impatient.faults().ignoreSends();
        assertThrows(PublishException.class, () -> impatient.bus().deadLetters().replay(id));
        assertEquals(List.of(id), FailingGroup.ids(kit.deadLetters(group.member(), 1)), "without an answer");
        assertTrue(group.desk().replay(id), "the letter is still there");
        kit.await().count("the replayed event", group.witness().calls(), 3);
        assertEquals(0, group.desk().count(), "dead letters");
    }

    @Test
    @Rule("DLQ-5")
    @DisplayName("when the bus vanishes in the middle of a replay, each event is handled or still a dead letter")
    final void crashLosesNothing(Kit kit) {
        String topic = kit.name("topic");
        String name = kit.name("group");
        AtomicBoolean failing = new AtomicBoolean(true);
        Witness witness = Witness.failing(event -> failing.get());
        BusUnderTest first = kit.member(topic, name, witness, builder -> builder.retry(Kit.RETRY.withMaxAttempts(1)));
        BusUnderTest publisher = kit.publisher(topic);
        List<Event<Sample.Placed>> events = IntStream.rangeClosed(1, 6)
                .mapToObj(number -> Event.of(Sample.placed(KEY, number)))
                .toList();
        publisher.bus().publish(events);
        FailingGroup.awaitBuried(kit, first, events.size());
        failing.set(false);
        List<String> told = new ArrayList<>();
        ReplayOptions crashing = ReplayOptions.defaults().onEach(letter -> {
            told.add(letter.event().id());
            if (told.size() == 3) {
                first.crash();
            }
        });
        assertThrows(RuntimeException.class, () -> first.bus().deadLetters().replay(ALL, crashing));
        Witness after = new Witness();
        BusUnderTest second = kit.member(topic, name, after);
        kit.await().until("every event handled or a dead letter", () -> {
            Set<String> found =
                    new HashSet<>(FailingGroup.ids(second.bus().deadLetters().list(10)));
            found.addAll(FailingGroup.eventIds(after.calls().snapshot()));
            found.addAll(FailingGroup.eventIds(succeeded(witness, events.size())));
            return found.containsAll(FailingGroup.eventIds(events));
        });
    }

    /** The calls behind the first ones, which failed. */
    private static List<Event<Sample.Placed>> succeeded(Witness witness, int failed) {
        List<Event<Sample.Placed>> calls = witness.calls().snapshot();
        return calls.subList(Math.min(failed, calls.size()), calls.size());
    }
}
