package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.eventbus.Binding;
import io.eventbus.Event;
import io.eventbus.EventDefinition;
import io.eventbus.Subscription;
import io.eventbus.SubscriptionOptions;
import io.eventbus.spi.Group;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Collected;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Hold;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Scenario;
import io.eventbus.tck.Stress;
import io.eventbus.tck.Witness;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** SUB-1, SUB-2 and SUB-3: what a subscription gets: from when on, how often, and what. */
@Conformance
public class SubscriptionRules {

    private static final int TIMES = 50;
    private static final int EVENTS = 5_000;
    private static final int KEYS = 64;

    /** Run by JUnit. */
    public SubscriptionRules() {}

    @Test
    @Rule("SUB-1")
    @DisplayName("a fresh group gets what is published as soon as its bus has started")
    final void readyWithTheBus(Kit kit) {
        String topic = kit.name("topic");
        BusUnderTest publisher = kit.publisher(topic);
        for (int i = 0; i < TIMES / 2; i++) {
            Witness witness = new Witness();
            BusUnderTest member = kit.member(topic, kit.name("group"), witness);
            assertArrives(kit, publisher, witness);
            member.close();
        }
    }

    @Test
    @Rule("SUB-1")
    @DisplayName("a fresh group of a running bus gets what is published as soon as its subscription is ready")
    final void readyAfterTheStart(Kit kit) {
        String topic = kit.name("topic");
        BusUnderTest publisher = kit.publisher(topic);
        for (int i = 0; i < TIMES / 2; i++) {
            Witness witness = new Witness();
            BusUnderTest member = kit.member(topic, kit.name("group")).start();
            Subscription subscription = member.bus().subscribe(Sample.Placed.class, witness);
            kit.await().result("the readiness", subscription.ready());
            assertArrives(kit, publisher, witness);
            member.close();
        }
    }

    @Test
    @Rule("SUB-1")
    @DisplayName("an ephemeral subscription gets what is published as soon as it is ready")
    final void readyEphemeral(Kit kit) {
        String topic = kit.name("topic");
        BusUnderTest publisher = kit.publisher(topic);
        for (int i = 0; i < TIMES; i++) {
            Witness witness = new Witness();
            Subscription subscription = publisher
                    .bus()
                    .subscribe(
                            Sample.Placed.class,
                            witness,
                            SubscriptionOptions.defaults().asEphemeral());
            kit.await().result("the readiness", subscription.ready());
            assertArrives(kit, publisher, witness);
            subscription.close();
        }
    }

    private static void assertArrives(Kit kit, BusUnderTest publisher, Witness witness) {
        publisher.bus().publish(Sample.placed("k", 1));
        publisher.bus().publish(Sample.placed("k", 2));
        kit.await().count("the events", witness.calls(), 2);
        assertEquals(List.of(1, 2), witness.numbers());
    }

    @Test
    @Rule("SUB-1")
    @DisplayName("a further subscription of a running group gets what is published as soon as it is ready")
    final void readyInARunningGroup(Kit kit) {
        String topic = kit.name("topic");
        BusUnderTest publisher = kit.publisher(topic);
        BusUnderTest member = kit.member(topic, kit.name("group"), new Witness());
        for (int i = 0; i < TIMES; i++) {
            String routingKey = "key." + i;
            Collected<Object> seen = new Collected<>();
            Subscription subscription =
                    member.bus().subscribe(Binding.direct(routingKey), event -> seen.add(event.payload()));
            kit.await().result("the readiness", subscription.ready());
            List<Sample.Shipped> published = List.of(new Sample.Shipped("k", 1), new Sample.Shipped("k", 2));
            published.forEach(each -> publisher.bus().publish(Event.of(each).withRoutingKey(routingKey)));
            assertEquals(published, kit.await().count("the events", seen, 2));
        }
    }

    @Test
    @Rule("SUB-2")
    @DisplayName(
            "each event is handled exactly once in every group, also while a handler, or each of a group, takes long")
    final void exactlyOnce(Kit kit) {
        Scenario scenario = new Scenario(kit);
        int events = Stress.times(EVENTS);
        Hold hold = new Hold();
        List<Group> groups = List.of(scenario.group(), scenario.group(), scenario.group());
        Hold late = new Hold();
        groups.forEach(group -> scenario.member(group, event -> {
            if (event.payload().number() == 0) {
                hold.here();
            } else if (group.equals(groups.get(0))) {
                late.here();
            }
        }));
        BusUnderTest publisher = scenario.publisher();
        scenario.publish(publisher, Event.of(Sample.placed("held", 0)));
        for (int i = 1; i < events; i++) {
            scenario.publishAsync(
                    publisher, Event.of(Sample.placed("k" + scenario.random().nextInt(KEYS), i)));
        }
        late.release();
        groups.forEach(group -> scenario.awaitHandled(group, events - 1));
        kit.await().precondition().count("the held handlers", hold.arrivals(), groups.size());
        hold.release();
        groups.forEach(group -> scenario.awaitHandled(group, events));
        scenario.fence(publisher);
        scenario.check();
    }

    @Test
    @Rule("SUB-3")
    @DisplayName("topics that begin alike do not share events")
    final void similarTopics(Kit kit) {
        String name = kit.name("topic");
        List<Listener> listeners = Stream.of("", "a", ".a", "-a", "_a", ".a.b", ".#", ".*")
                .map(suffix -> Listener.on(kit, name + suffix))
                .toList();
        for (int i = 0; i < listeners.size(); i++) {
            listeners.get(i).bus().bus().publish(Sample.placed("k", i));
        }
        listeners.forEach(listener -> kit.fence(listener.bus(), "k", listener.witness()));
        for (int i = 0; i < listeners.size(); i++) {
            Listener listener = listeners.get(i);
            assertEquals(List.of(i), listener.witness().numbers(), "events of topic " + listener.topic());
        }
    }

    private record Listener(String topic, BusUnderTest bus, Witness witness) {

        static Listener on(Kit kit, String topic) {
            Witness witness = new Witness();
            return new Listener(topic, kit.member(topic, kit.name("group"), witness), witness);
        }
    }

    /** Events that are easily mistaken for one another: by inheritance, and by names that begin alike. */
    @SuppressWarnings({"EffectivelyPrivate", "UnusedVariable"}) // the codec wants a public field
    private static class Parent {
        public int number;
    }

    private static final class Child extends Parent {}

    @SuppressWarnings({"EffectivelyPrivate", "UnusedVariable"}) // the codec wants a public field
    private static final class ParentItem {
        public int number;
    }

    @SuppressWarnings({"EffectivelyPrivate", "UnusedVariable"}) // the codec wants a public field
    private static final class Parents {
        public int number;
    }

    private static <T> EventDefinition<T> definition(Class<T> type, String aggregateType, String name) {
        return EventDefinition.of(type, aggregateType, name).keyedBy(payload -> "k");
    }

    @Test
    @Rule("SUB-3")
    @DisplayName("a subscription gets exactly the type that it names, and one to all events gets all")
    final void similarTypes(Kit kit) {
        List<Class<?>> types = List.of(Parent.class, Child.class, ParentItem.class, Parents.class);
        List<Collected<Class<?>>> seen =
                types.stream().map(type -> new Collected<Class<?>>()).toList();
        Collected<Class<?>> all = new Collected<>();
        BusUnderTest bus = kit.bus(
                kit.name("topic"),
                builder -> builder.group(kit.name("group"))
                        .events(
                                definition(Parent.class, "Thing", "Made"),
                                definition(Child.class, "Thing", "Made.Twice"),
                                definition(ParentItem.class, "ThingItem", "Made"),
                                definition(Parents.class, "Thing", "MadeTwice")));
        for (int i = 0; i < types.size(); i++) {
            Collected<Class<?>> ofType = seen.get(i);
            bus.bus()
                    .subscribe(types.get(i), event -> ofType.add(event.payload().getClass()));
        }
        bus.bus().subscribeToAllEvents(event -> all.add(event.payload().getClass()));
        bus.start();
        bus.bus().publish(List.of(new Parent(), new Child(), new ParentItem(), new Parents()));
        bus.bus().publish(Sample.placed("k", 1));
        List<Class<?>> inOrder =
                Stream.concat(types.stream(), Stream.of(Sample.Placed.class)).toList();
        assertEquals(inOrder, kit.await().count("all events", all, inOrder.size()), "the subscription to all events");
        for (int i = 0; i < types.size(); i++) {
            assertEquals(List.of(types.get(i)), seen.get(i).snapshot(), "the subscription to " + types.get(i));
        }
    }
}
