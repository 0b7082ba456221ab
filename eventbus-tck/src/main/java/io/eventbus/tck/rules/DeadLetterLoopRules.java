package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventbus.Binding;
import io.eventbus.DeadLetter;
import io.eventbus.DeadLetterFilter;
import io.eventbus.DeadLetterReason;
import io.eventbus.DeadLetters;
import io.eventbus.Event;
import io.eventbus.RawEvent;
import io.eventbus.SubscriptionOptions;
import io.eventbus.UnknownTypePolicy;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Stress;
import io.eventbus.tck.Witness;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** DLQ: what is replayed and fails again goes round no faster than somebody replays it, and grows no larger. */
@Conformance
public class DeadLetterLoopRules {

    private static final String KEY = "key";
    private static final int ATTEMPTS = 2;
    private static final int CYCLES = 24;

    /** Run by JUnit. */
    public DeadLetterLoopRules() {}

    private static BusUnderTest failingMember(Kit kit, String topic, Witness witness) {
        return kit.member(
                topic,
                kit.name("group"),
                witness,
                builder -> builder.member("the member").retry(Kit.RETRY.withMaxAttempts(ATTEMPTS)));
    }

    /** Asks the bus, which is cheaper than to ask the broker. */
    private static void awaitBurials(Kit kit, BusUnderTest member, int count) {
        kit.await().until("burial " + count, () -> member.bus().stats().deadLettered() >= count);
    }

    /** The one dead letter, once so many were buried. */
    private static DeadLetter only(Kit kit, BusUnderTest member, int burials) {
        awaitBurials(kit, member, burials);
        List<DeadLetter> letters = kit.deadLetters(member, 1);
        assertEquals(1, letters.size(), "dead letters");
        return letters.get(0);
    }

    @Test
    @Rule("DLQ-6")
    @DisplayName("a replayed event that fails again has its own attempts, is a dead letter again, and stays one")
    final void failsAgain(Kit kit) {
        String topic = kit.name("topic");
        Witness witness = Witness.failing(event -> true);
        BusUnderTest member = failingMember(kit, topic, witness);
        BusUnderTest publisher = kit.publisher(topic);
        Event<Sample.Placed> event = Event.of(Sample.placed(KEY, 1));
        publisher.bus().publish(event);
        DeadLetter first = only(kit, member, 1);
        assertEquals(1, member.bus().deadLetters().replayAll());
        kit.await().count("the attempts after the replay", witness.calls(), 2 * ATTEMPTS);
        kit.fence(publisher, KEY, witness);
        DeadLetter second = only(kit, member, 2);
        assertEquals(List.of(1, 2, 1, 2), witness.attempts(1), "attempts");
        assertEquals(event.id(), second.event().id());
        assertEquals(ATTEMPTS, second.attempts());
        assertEquals(0, first.replays(), "replays at first");
        assertEquals(1, second.replays(), "replays then");
        assertEquals("the member", second.member());
        assertTrue(second.stack().startsWith("at "), () -> "stack: " + second.stack());
        assertTrue(second.firstFailure().isAfter(first.lastFailure()), "a first failure of its own");
    }

    @Test
    @Rule("DLQ-6")
    @DisplayName("a dead letter grows no larger, however often it is replayed in vain")
    final void metadataIsBounded(Kit kit) {
        String topic = kit.name("topic");
        Witness witness = Witness.failing(event -> true);
        BusUnderTest member = failingMember(kit, topic, witness);
        kit.publisher(topic).bus().publish(Event.of(Sample.placed(KEY, 1)).withHeader("h", "v"));
        only(kit, member, 1);
        DeadLetters desk = member.bus().deadLetters();
        assertEquals(1, desk.replayAll());
        kit.await().count("the attempts after one replay", witness.calls(), 2 * ATTEMPTS);
        only(kit, member, 2);
        int afterOne = size(member);
        int cycles = Stress.times(CYCLES);
        for (int cycle = 2; cycle <= cycles; cycle++) {
            awaitBurials(kit, member, cycle);
            kit.await().until("the dead letter of replay " + cycle, () -> desk.replayAll() == 1);
        }
        kit.await().count("the attempts after all replays", witness.calls(), (cycles + 1) * ATTEMPTS);
        DeadLetter last = only(kit, member, cycles + 1);
        assertEquals(cycles, last.replays(), "replays");
        assertEquals(ATTEMPTS, last.attempts(), "attempts");
        // a time may be written with more or fewer digits, and the counter has more
        int slack = 20;
        assertEquals(afterOne, size(member), slack, "characters after " + cycles + " replays, beside those after one");
    }

    private static int size(BusUnderTest member) {
        List<String> lines = new ArrayList<>();
        member.bus().deadLetters().exportTo(lines::add, DeadLetterFilter.all());
        return lines.stream().mapToInt(String::length).sum();
    }

    @Test
    @Rule("DLQ-6")
    @DisplayName("an event is dropped only where the policy says so, and then it is counted")
    final void dropsByPolicyOnly(Kit kit) {
        String topic = kit.name("topic");
        BusUnderTest keeping = everything(kit, topic, UnknownTypePolicy.DEAD_LETTER);
        BusUnderTest dropping = everything(kit, topic, UnknownTypePolicy.DISCARD);
        RawEvent unknown = new RawEvent("Foreign", "Unknown", KEY, "text/plain", new byte[] {1});
        kit.publisher(topic).bus().publish(List.of(unknown, unknown));
        DeadLetters kept = keeping.bus().deadLetters();
        kit.await().until("the dead letters", () -> kept.count() == 2);
        kit.await().until("the discards", () -> dropping.bus().stats().discarded() == 2);
        assertEquals(DeadLetterReason.UNKNOWN_TYPE, kept.list(1).get(0).reason());
        assertEquals(0, keeping.bus().stats().discarded(), "discarded by default");
        assertEquals(0, dropping.bus().stats().deadLettered(), "dead-lettered where the policy is to discard");
        assertEquals(0, dropping.bus().deadLetters().count(), "dead letters where the policy is to discard");
    }

    private static BusUnderTest everything(Kit kit, String topic, UnknownTypePolicy policy) {
        BusUnderTest member =
                kit.bus(topic, builder -> builder.group(kit.name("group")).unknownTypes(policy));
        member.bus().subscribe(Binding.fanout(), event -> {}, SubscriptionOptions.defaults());
        return member.start();
    }
}
