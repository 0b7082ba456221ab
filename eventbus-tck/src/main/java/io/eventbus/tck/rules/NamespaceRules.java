package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.eventbus.DeadLetter;
import io.eventbus.EventBusBuilder;
import io.eventbus.QueueInfo;
import io.eventbus.SubscriptionOptions;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Witness;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** SEC-5: buses of different namespaces have nothing in common at the broker. */
@Conformance
public class NamespaceRules {

    private static final String KEY = "key";
    private static final String GROUP = "group";

    /** Run by JUnit. */
    public NamespaceRules() {}

    /** Where a bus lives. */
    private record Place(@Nullable String namespace, String topic) {

        EventBusBuilder settle(EventBusBuilder builder) {
            return namespace == null ? builder : builder.namespace(namespace);
        }

        BusUnderTest member(Kit kit, String group, Witness witness) {
            return kit.member(topic, group, witness, this::settle);
        }
    }

    @Test
    @Rule("SEC-5")
    @DisplayName("no event gets into another namespace, whatever separates namespace and topic in their names")
    final void events(Kit kit) {
        List<Place> places = similar(kit.name("N"));
        List<Witness> witnesses = places.stream().map(place -> new Witness()).toList();
        // Groups of their own, so that each of them would get what comes into a topic that they share.
        List<BusUnderTest> members = IntStream.range(0, places.size())
                .mapToObj(i -> places.get(i).member(kit, kit.name(GROUP), witnesses.get(i)))
                .toList();
        for (int i = 0; i < members.size(); i++) {
            members.get(i).bus().publish(Sample.placed(KEY, i));
        }
        for (int i = 0; i < members.size(); i++) {
            kit.fence(members.get(i), KEY, witnesses.get(i));
        }
        for (int i = 0; i < members.size(); i++) {
            assertEquals(List.of(i), witnesses.get(i).numbers(), "events in " + places.get(i));
        }
    }

    /** Places that a careless way to join their names, to escape or to fold them would take for one. */
    private static List<Place> similar(String base) {
        return List.of(
                new Place(base, "b.c"),
                new Place(base + ".b", "c"),
                new Place(null, base + ".b.c"),
                new Place(base, "b:c"),
                new Place(base + ":b", "c"),
                new Place(null, base + "%1Fb.c"),
                new Place(null, base + "_1Fb.c"),
                new Place(base.toLowerCase(Locale.ROOT), "b.c"));
    }

    @Test
    @Rule("SEC-5")
    @DisplayName("an ephemeral subscription gets the events of its own namespace only")
    final void ephemeral(Kit kit) {
        String topic = kit.name("topic");
        Place here = new Place(kit.name("here"), topic);
        Place there = new Place(kit.name("there"), topic);
        Witness witness = new Witness();
        BusUnderTest bus = kit.bus(topic, here::settle);
        bus.bus()
                .subscribe(
                        Sample.Placed.class,
                        witness,
                        SubscriptionOptions.defaults().asEphemeral());
        bus.start();
        kit.bus(topic, there::settle).start().bus().publish(Sample.placed(KEY, 1));
        kit.bus(topic, builder -> builder).start().bus().publish(Sample.placed(KEY, 2));
        bus.bus().publish(Sample.placed(KEY, 3));
        kit.fence(bus, KEY, witness);
        assertEquals(List.of(3), witness.numbers());
    }

    @Test
    @Rule("SEC-5")
    @DisplayName("a group has a backlog of its own in each namespace, under the application's names")
    final void backlog(Kit kit) {
        String topic = kit.name("topic");
        Place here = new Place(kit.name("here"), topic);
        Place there = new Place(kit.name("there"), topic);
        here.member(kit, GROUP, new Witness()).close();
        there.member(kit, GROUP, new Witness()).close();
        kit.bus(topic, here::settle).start().bus().publish(Sample.placed(KEY, 1));
        Witness late = new Witness();
        BusUnderTest memberThere = there.member(kit, GROUP, late);
        assertEquals(0, memberThere.bus().queueInfo().backlog(), "the backlog of the other namespace");
        kit.fence(memberThere, KEY, late);
        assertEquals(List.of(), late.numbers(), "events of the other namespace");
        Witness kept = new Witness();
        BusUnderTest memberHere = here.member(kit, GROUP, kept);
        kit.fence(memberHere, KEY, kept);
        assertEquals(List.of(1), kept.numbers());
        QueueInfo info = memberHere.bus().queueInfo();
        assertEquals(List.of(topic, GROUP), List.of(info.topic(), info.group()));
    }

    @Test
    @Rule("SEC-5")
    @DisplayName(
            "dead letters are listed, replayed and purged in their own namespace only, under the application's names")
    final void deadLetters(Kit kit) {
        String topic = kit.name("topic");
        AtomicBoolean failing = new AtomicBoolean(true);
        Witness witnessHere = Witness.failing(event -> failing.get());
        Witness witnessThere = Witness.failing(event -> failing.get());
        BusUnderTest here = member(kit, new Place(kit.name("here"), topic), witnessHere);
        BusUnderTest there = member(kit, new Place(kit.name("there"), topic), witnessThere);
        here.bus().publish(List.of(Sample.placed(KEY, 1), Sample.placed(KEY, 2)));
        there.bus().publish(Sample.placed(KEY, 3));
        assertEquals(List.of(topic, topic), topics(kit.deadLetters(here, 2)));
        assertEquals(List.of(topic), topics(kit.deadLetters(there, 1)));

        failing.set(false);
        assertEquals(1, there.bus().deadLetters().purge(), "letters purged in one namespace");
        assertEquals(2, here.bus().deadLetters().count(), "letters left in the other");
        here.bus().deadLetters().replayAll();
        kit.await().until("both events again", () -> witnessHere.calls().size() == 4);
        kit.fence(there, KEY, witnessThere);
        assertEquals(List.of(3), witnessThere.numbers(), "what the namespace without replay has handled");
    }

    private static BusUnderTest member(Kit kit, Place place, Witness witness) {
        return kit.member(
                place.topic(), GROUP, witness, builder -> place.settle(builder).retry(Kit.RETRY.withMaxAttempts(1)));
    }

    private static List<String> topics(List<DeadLetter> letters) {
        return letters.stream().map(DeadLetter::topic).toList();
    }
}
