package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventbus.Binding;
import io.eventbus.Event;
import io.eventbus.Health;
import io.eventbus.Subscription;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Collected;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Kit;
import io.eventbus.tck.QuietWindow;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Witness;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** LIF-6: subscriptions that are paused for a while. */
@Conformance
public class PauseRules {

    private static final int EVENTS = 500;
    private static final int KEYS = 20;
    private static final int LEASES = 3;
    private static final String KEY = "key";
    private static final String ROUTED = "a.route";

    /** Run by JUnit. */
    public PauseRules() {}

    @Test
    @Rule("LIF-6")
    @DisplayName(
            "a paused bus starts no handler for three leases and stays a member; resumed, it handles everything, once")
    final void pausedForThreeLeases(Kit kit) {
        String topic = kit.name("topic");
        Witness witness = new Witness();
        Witness other = new Witness();
        QuietWindow quiet = kit.quiet();
        BusUnderTest member = kit.member(topic, kit.name("group"));
        Subscription subscription = member.bus().subscribe(Sample.Placed.class, witness);
        member.start();
        kit.member(topic, kit.name("other"), other);
        BusUnderTest publisher = kit.publisher(topic);
        kit.fence(publisher, key(0), witness);
        subscription.pause();
        publisher
                .bus()
                .publish(IntStream.range(0, EVENTS)
                        .mapToObj(PauseRules::numbered)
                        .toList());
        kit.await().precondition().count("all events in another group", other.calls(), EVENTS);
        new QuietWindow(longer(kit.environment().lease().multipliedBy(LEASES), quiet.length()))
                .holds("no handler starts", () -> witness.calls().size() == 0);
        assertSaysThatItIsPaused(member, subscription);
        assertEquals(1, member.bus().queueInfo().members(), "members while paused");
        subscription.resume();
        kit.await().count("all events", witness.calls(), EVENTS);
        IntStream.range(0, KEYS).forEach(i -> kit.fence(publisher, key(i), witness));
        for (int i = 0; i < KEYS; i++) {
            assertEquals(numbersOf(i, EVENTS), ofKey(witness, i), "events of " + key(i));
        }
        assertFalse(witness.calls().snapshot().stream().anyMatch(Event::redelivered), "a second attempt");
        assertEquals(0, member.bus().stats().paused(), "paused subscriptions at the end");
    }

    private static void assertSaysThatItIsPaused(BusUnderTest member, Subscription subscription) {
        Health health = member.bus().health();
        assertEquals(Health.Status.UP, health.status(), health::toString);
        assertTrue(health.reason().contains("paused"), health::toString);
        assertEquals(1, member.bus().stats().paused(), "paused subscriptions");
        assertTrue(subscription.isPaused());
    }

    private static List<Integer> numbersOf(int key, int events) {
        return IntStream.range(0, events).filter(i -> i % KEYS == key).boxed().toList();
    }

    private static List<Integer> ofKey(Witness witness, int key) {
        return witness.numbers().stream().filter(number -> number % KEYS == key).toList();
    }

    private static Sample.Placed numbered(int number) {
        return Sample.placed(key(number % KEYS), number);
    }

    private static String key(int number) {
        return "key " + number;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    @Test
    @Rule("LIF-6")
    @DisplayName(
            "of two subscriptions of a group, a paused one holds the events that it selects, and their keys, and no other")
    final void oneOfTwo(Kit kit) {
        String topic = kit.name("topic");
        Witness narrow = new Witness();
        Collected<Event<Object>> wide = new Collected<>();
        Collected<Sample.Shipped> shipped = new Collected<>();
        BusUnderTest member = kit.member(topic, kit.name("group"));
        member.bus().subscribe(Sample.Shipped.class, event -> shipped.add(event.payload()));
        member.bus().subscribe(Sample.Placed.class, narrow);
        Subscription paused = member.bus().subscribe(Binding.direct(ROUTED), wide::add);
        member.start();
        paused.pause();
        BusUnderTest publisher = kit.publisher(topic);
        publisher.bus().publish(Event.of(Sample.placed(KEY, 1)).withRoutingKey(ROUTED));
        publisher.bus().publish(List.of(Sample.placed(KEY, 2), new Sample.Shipped("another", 3)));
        kit.await().count("the event of another key", shipped, 1);
        kit.await().count("the held event in the subscription before", narrow.calls(), 1);
        kit.quiet()
                .holds(
                        "nothing later of the key, nor the paused handler, starts",
                        () -> narrow.calls().size() == 1 && wide.size() == 0);
        paused.resume();
        kit.fence(publisher, KEY, narrow);
        assertEquals(List.of(1, 2), narrow.numbers(), "events of the other subscription");
        assertEquals(List.of(1), wide.snapshot().stream().map(Event::attempt).toList(), "attempts after the pause");
    }

    @Test
    @Rule("LIF-6")
    @DisplayName("a handler may pause its own subscription: its event is settled, later ones wait and keep their order")
    final void pausedByHandler(Kit kit) {
        String topic = kit.name("topic");
        BusUnderTest member = kit.member(topic, kit.name("group"));
        Collected<Subscription> subscriptions = new Collected<>();
        Witness witness = new Witness(event -> {
            if (event.payload().number() == 2) {
                subscriptions.snapshot().get(0).pause();
            }
        });
        subscriptions.add(member.bus().subscribe(Sample.Placed.class, witness));
        member.start();
        BusUnderTest publisher = kit.publisher(topic);
        publisher
                .bus()
                .publish(Stream.of(1, 2, 3, 4).map(i -> Sample.placed(KEY, i)).toList());
        kit.await().count("two events", witness.calls(), 2);
        kit.quiet().holds("no handler starts", () -> witness.calls().size() == 2);
        subscriptions.snapshot().get(0).resume();
        kit.fence(publisher, KEY, witness);
        assertEquals(List.of(1, 2, 3, 4), witness.numbers());
    }

    @Test
    @Rule("LIF-6")
    @DisplayName("a paused bus that is closed leaves everything that it has not handled to the next member")
    final void closedWhilePaused(Kit kit) {
        String topic = kit.name("topic");
        String group = kit.name("group");
        Witness paused = new Witness();
        BusUnderTest member = kit.member(topic, group);
        Subscription subscription = member.bus().subscribe(Sample.Placed.class, paused);
        member.start();
        BusUnderTest publisher = kit.publisher(topic);
        kit.fence(publisher, KEY, paused);
        subscription.pause();
        publisher
                .bus()
                .publish(IntStream.range(0, EVENTS)
                        .mapToObj(PauseRules::numbered)
                        .toList());
        member.close();
        Witness next = new Witness();
        kit.member(topic, group, next);
        kit.await().count("all events", next.calls(), EVENTS);
        IntStream.range(0, KEYS).forEach(i -> kit.fence(publisher, key(i), next));
        assertEquals(0, paused.calls().size(), "handled while paused");
        assertEquals(
                IntStream.range(0, EVENTS).boxed().toList(),
                next.numbers().stream().sorted().toList());
    }
}
