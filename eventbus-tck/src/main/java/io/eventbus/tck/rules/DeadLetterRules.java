package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventbus.DeadLetter;
import io.eventbus.DeadLetterReason;
import io.eventbus.Event;
import io.eventbus.spi.Destination;
import io.eventbus.spi.Message;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Witness;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** DLQ: what becomes of events that cannot be handled. */
@Conformance
public class DeadLetterRules {

    private static final String KEY = "key";
    private static final int BAD = 1;
    private static final int GOOD = 2;

    /** Each attempt sends the letter and, when that is refused, a brief one. */
    private static final int REFUSALS_OF_TWO_ATTEMPTS = 3;

    /** Characters of attributes: more than the event's own and the essence of a diagnosis, less than one with a stack. */
    private static final int SMALL = 500;

    /** Run by JUnit. */
    public DeadLetterRules() {}

    private static Witness failingBad() {
        return Witness.failing(event -> event.payload().number() == BAD);
    }

    private static BusUnderTest member(Kit kit, String topic, String group, Witness witness) {
        return kit.member(topic, group, witness, builder -> builder.retry(Kit.RETRY.withMaxAttempts(2)));
    }

    /** Publishes one that is going to fail and one behind it in its lane; the first one's id. */
    private static String publishBadAndGood(BusUnderTest publisher) {
        Event<Sample.Placed> bad = Event.of(Sample.placed(KEY, BAD));
        publisher.bus().publish(List.of(bad, Sample.placed(KEY, GOOD)));
        return bad.id();
    }

    private static List<String> ids(List<DeadLetter> letters) {
        return letters.stream().map(letter -> letter.event().id()).toList();
    }

    @Test
    @Rule("DLQ-1")
    @DisplayName(
            "an event that used up its attempts is in the dead letters, the next is handled, and neither comes again")
    final void poisonLeavesTheLane(Kit kit) {
        String topic = kit.name("topic");
        String group = kit.name("group");
        Witness before = failingBad();
        BusUnderTest member = member(kit, topic, group, before);
        BusUnderTest publisher = kit.publisher(topic);
        String bad = publishBadAndGood(publisher);
        kit.fence(publisher, KEY, before);
        assertEquals(List.of(BAD, BAD, GOOD), before.numbers());
        assertEquals(List.of(bad), ids(kit.deadLetters(member, 1)));
        member.close();
        Witness after = new Witness();
        BusUnderTest reopened = member(kit, topic, group, after);
        kit.fence(publisher, KEY, after);
        assertEquals(List.of(), after.numbers(), "events that came again");
        assertEquals(List.of(bad), ids(kit.deadLetters(reopened, 1)));
    }

    @Test
    @Rule("DLQ-1")
    @DisplayName(
            "an event whose handler throws an Error each time is in the dead letters, which name it, and the next is handled")
    final void errorLeavesTheLane(Kit kit) {
        String topic = kit.name("topic");
        Witness witness = new Witness(event -> {
            if (event.payload().number() == BAD) {
                throw new AssertionError("told to fail");
            }
        });
        BusUnderTest member = member(kit, topic, kit.name("group"), witness);
        BusUnderTest publisher = kit.publisher(topic);
        String bad = publishBadAndGood(publisher);
        kit.fence(publisher, KEY, witness);
        assertEquals(List.of(BAD, BAD, GOOD), witness.numbers());
        List<DeadLetter> letters = kit.deadLetters(member, 1);
        assertEquals(List.of(bad), ids(letters));
        assertEquals(AssertionError.class.getName(), letters.get(0).exceptionType());
    }

    @Test
    @Rule("DLQ-3")
    @DisplayName("an event whose dead letter cannot be stored is given again after its member is lost")
    final void notAcknowledgedBeforeCrash(Kit kit) {
        givenAgainAfter(kit, BusUnderTest::crash);
    }

    @Test
    @Rule("DLQ-3")
    @DisplayName("an event whose dead letter cannot be stored is given again after its member was closed")
    final void notAcknowledgedBeforeClose(Kit kit) {
        givenAgainAfter(kit, BusUnderTest::close);
    }

    private static void givenAgainAfter(Kit kit, Consumer<BusUnderTest> end) {
        String topic = kit.name("topic");
        String group = kit.name("group");
        Witness before = failingBad();
        BusUnderTest member = member(kit, topic, group, before);
        BusUnderTest publisher = kit.publisher(topic);
        String bad = refuseDeadLetter(kit, member, publisher, 1);
        end.accept(member);
        Witness after = failingBad();
        BusUnderTest other = member(kit, topic, group, after);
        kit.await().until("both events at another member", () -> after.numbers().containsAll(List.of(BAD, GOOD)));
        kit.fence(publisher, KEY, after);
        assertEquals(List.of(1, 2), after.attempts(BAD));
        assertEquals(List.of(1), after.attempts(GOOD));
        assertTrue(ids(kit.deadLetters(other, 1)).contains(bad), "the event is in the dead letters");
    }

    @Test
    @Rule("DLQ-3")
    @DisplayName("an event whose dead letter cannot be stored holds its key, and ends in the dead letters when it can")
    final void storedWhenPossible(Kit kit) {
        String topic = kit.name("topic");
        Witness witness = failingBad();
        BusUnderTest member = member(kit, topic, kit.name("group"), witness);
        BusUnderTest publisher = kit.publisher(topic);
        String bad = refuseDeadLetter(kit, member, publisher, REFUSALS_OF_TWO_ATTEMPTS);
        assertEquals(List.of(), witness.attempts(GOOD), "attempts at the next event of the key");
        assertEquals(0, member.bus().deadLetters().count(), "dead letters while none can be stored");
        member.faults().acceptSends();
        kit.fence(publisher, KEY, witness);
        assertEquals(List.of(1), witness.attempts(GOOD));
        assertTrue(ids(kit.deadLetters(member, 1)).contains(bad), "the event is in the dead letters");
    }

    private static String refuseDeadLetter(Kit kit, BusUnderTest member, BusUnderTest publisher, int times) {
        member.faults().refuseSends(Destination.DeadLetters.class::isInstance);
        String bad = publishBadAndGood(publisher);
        kit.await()
                .precondition()
                .until(times + " refused dead letters", () -> member.faults().refusals() >= times);
        return bad;
    }

    @Test
    @Rule("DLQ-3")
    @DisplayName("a dead letter that is refused for its size is stored with less of its diagnosis, and its key goes on")
    final void storedBriefly(Kit kit) {
        String topic = kit.name("topic");
        Witness witness = failingBad();
        BusUnderTest member = member(kit, topic, kit.name("group"), witness);
        BusUnderTest publisher = kit.publisher(topic);
        member.faults().refuseMessages(DeadLetterRules::isLargeLetter);
        String bad = publishBadAndGood(publisher);
        kit.await()
                .precondition()
                .until("a refused letter", () -> member.faults().refusals() > 0);
        kit.fence(publisher, KEY, witness);
        assertEquals(List.of(BAD, BAD, GOOD), witness.numbers());
        DeadLetter letter = kit.deadLetters(member, 1).get(0);
        assertEquals(bad, letter.event().id());
        assertEquals(DeadLetterReason.ATTEMPTS_EXHAUSTED, letter.reason());
        assertEquals(2, letter.attempts(), "attempts");
    }

    private static boolean isLargeLetter(Destination destination, Message message) {
        return destination instanceof Destination.DeadLetters
                && message.attributes().values().stream()
                                .mapToInt(String::length)
                                .sum()
                        > SMALL;
    }

    @Test
    @Rule("DLQ-4")
    @DisplayName("the dead letters of a group are not those of another group of the topic")
    final void keptPerGroup(Kit kit) {
        String topic = kit.name("topic");
        assertSeparate(kit, new Place(topic, kit.name("failing")), new Place(topic, kit.name("willing")));
    }

    @Test
    @Rule("DLQ-4")
    @DisplayName("the dead letters of groups with similar names are not mixed")
    final void keptPerName(Kit kit) {
        String topic = kit.name("topic");
        String name = kit.name("Group");
        String accented = name + "é";
        String escaped = name + ".%2E_dlq";
        String filled = "g".repeat(199 - name.length());
        List<List<Place>> pairs = List.of(
                pair(topic, name + ".b", name + "_b"),
                pair(topic, name, name.toLowerCase(Locale.ROOT)),
                pair(topic, name + "1", name + "1.dlq"),
                pair(topic, accented, Normalizer.normalize(accented, Normalizer.Form.NFD)),
                pair(topic, name + filled + "a", name + filled + "b"),
                pair(topic, escaped, escaped.replace("%2E", ".")),
                List.of(new Place(topic + "a:b", "c" + name), new Place(topic + "a", "b:c" + name)),
                List.of(new Place(topic + ".b", "c" + name), new Place(topic, "b.c" + name)),
                List.of(new Place(topic, "d" + name), new Place(topic + "_dlq", "d" + name)));
        pairs.forEach(pair -> assertSeparate(kit, pair.get(0), pair.get(1)));
    }

    private record Place(String topic, String group) {}

    private static List<Place> pair(String topic, String one, String other) {
        return List.of(new Place(topic, one), new Place(topic, other));
    }

    private static void assertSeparate(Kit kit, Place failing, Place willing) {
        Witness all = Witness.failing(event -> true);
        Witness none = new Witness();
        BusUnderTest one = member(kit, failing.topic(), failing.group(), all);
        BusUnderTest other = member(kit, willing.topic(), willing.group(), none);
        BusUnderTest publisher = kit.publisher(failing.topic());
        publishBadAndGood(publisher);
        kit.fence(publisher, KEY, all);
        BusUnderTest publisherOfOther =
                failing.topic().equals(willing.topic()) ? publisher : kit.publisher(willing.topic());
        kit.fence(publisherOfOther, KEY, none);
        assertEquals(2, kit.deadLetters(one, 2).size(), "dead letters of " + failing);
        assertEquals(0, kit.deadLetters(other, 0).size(), "dead letters of " + willing);
    }
}
