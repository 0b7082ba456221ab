package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.eventbus.Binding;
import io.eventbus.Event;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Collected;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** RTE: who gets an event. The tables of patterns and of headers are in {@link TopicRoutingRules} and {@link HeaderRoutingRules}. */
@Conformance
public class RoutingRules {

    /** All events of a test have this key, so that a later one is a fence for those before. */
    private static final String LANE = "lane";

    /** Run by JUnit. */
    public RoutingRules() {}

    private static Event<Sample.Placed> event(int number) {
        return Event.of(Sample.placed(LANE, number));
    }

    /** A member of a group of its own, started; the numbers of what its one handler was given. */
    private static Collected<Integer> group(Kit kit, String topic, Binding<Object> binding) {
        return group(kit, topic, kit.name("group"), binding);
    }

    private static Collected<Integer> group(Kit kit, String topic, String group, Binding<Object> binding) {
        Collected<Integer> numbers = new Collected<>();
        BusUnderTest member = kit.member(topic, group);
        member.bus().subscribe(binding, event -> numbers.add(number(event)));
        member.start();
        return numbers;
    }

    private static int number(Event<Object> event) {
        return ((Sample.Placed) event.payload()).number();
    }

    /** Up to the event with this number. */
    private static List<Integer> until(Kit kit, int fence, Collected<Integer> numbers) {
        kit.await().until("event " + fence, () -> numbers.snapshot().contains(fence));
        return numbers.snapshot();
    }

    @Test
    @Rule("RTE-1")
    @DisplayName("every group bound by fanout gets every event, whatever its routing key")
    final void fanout(Kit kit) {
        String topic = kit.name("topic");
        BusUnderTest publisher = kit.publisher(topic);
        List<Collected<Integer>> groups = IntStream.range(0, 4)
                .mapToObj(i -> group(kit, topic, Binding.fanout()))
                .toList();
        List<String> keys = List.of(
                "",
                "plain",
                "two.words",
                ".",
                "..",
                "a.",
                "*",
                "#",
                "*.#",
                "with space",
                "ünïcode",
                longest(publisher));
        List<Event<Sample.Placed>> events = new ArrayList<>(List.of(event(0)));
        keys.forEach(key -> events.add(event(events.size()).withRoutingKey(key)));
        publisher.bus().publish(events);
        List<Integer> all = IntStream.range(0, events.size()).boxed().toList();
        groups.forEach(numbers -> assertEquals(all, until(kit, events.size() - 1, numbers)));
    }

    private static String longest(BusUnderTest bus) {
        return "k".repeat(bus.limits().maxRoutingKey());
    }

    @Test
    @Rule("RTE-2")
    @DisplayName("a group bound to a routing key gets the events with the identical key and no others")
    final void direct(Kit kit) {
        BusUnderTest publisher = kit.publisher(kit.name("topic"));
        String longest = longest(publisher);
        List<String> keys = List.of(
                "",
                "a",
                "A",
                "a.",
                ".a",
                ".",
                "..",
                "a.b",
                "a.B",
                "b.a",
                "a.b.c",
                "a b",
                "*",
                "#",
                "a.*",
                "a.#",
                "é",
                Normalizer.normalize("é", Normalizer.Form.NFD),
                "ß",
                "ss",
                longest,
                longest.replaceFirst("k", "x"));
        RoutingTable table = new RoutingTable();
        for (String key : keys) {
            table.add(RoutingTable.event(key).withRoutingKey(key));
            table.add(new RoutingTable.Route(
                    Binding.direct(key),
                    event -> key.equals(event.metadata().routingKey()),
                    RoutingTable.event("fence of " + key).withRoutingKey(key)));
        }
        table.check(kit, "");
    }

    @Test
    @Rule("RTE-2")
    @DisplayName("durable groups that are bound to different routing keys get the events with their key")
    final void directToDurableGroups(Kit kit) {
        String topic = kit.name("topic");
        BusUnderTest publisher = kit.publisher(topic);
        Collected<Integer> small = group(kit, topic, Binding.direct("a.b"));
        Collected<Integer> large = group(kit, topic, Binding.direct("A.B"));
        publisher
                .bus()
                .publish(List.of(
                        event(1).withRoutingKey("a.b"),
                        event(2).withRoutingKey("A.B"),
                        event(3).withRoutingKey("a.b"),
                        event(4).withRoutingKey("A.B")));
        assertEquals(List.of(1, 3), until(kit, 3, small));
        assertEquals(List.of(2, 4), until(kit, 4, large));
    }

    @Test
    @Rule("RTE-5")
    @DisplayName("a subscription of which several selectors match gets the event once")
    final void severalSelectors(Kit kit) {
        String topic = kit.name("topic");
        Collected<Integer> numbers = group(
                kit,
                topic,
                Binding.anyOf(
                        Binding.topic("a.*"),
                        Binding.topic("*.b"),
                        Binding.topic("#"),
                        Binding.direct("a.b"),
                        Binding.fanout(),
                        Binding.type(Sample.Placed.class),
                        Binding.headersAll(Map.of("h", "1"))));
        BusUnderTest publisher = kit.publisher(topic);
        publisher.bus().publish(event(1).withRoutingKey("a.b").withHeader("h", "1"));
        publisher.bus().publish(event(2));
        assertEquals(List.of(1, 2), until(kit, 2, numbers));
    }

    @Test
    @Rule("RTE-5")
    @DisplayName("a group of which several subscriptions match gets the event once for each")
    final void severalSubscriptions(Kit kit) {
        String topic = kit.name("topic");
        BusUnderTest member = kit.member(topic, kit.name("group"));
        List<Binding<Object>> bindings = List.of(Binding.topic("a.*"), Binding.topic("*.b"), Binding.topic("#"));
        List<Collected<Integer>> handlers = new ArrayList<>();
        for (Binding<Object> binding : bindings) {
            Collected<Integer> numbers = new Collected<>();
            handlers.add(numbers);
            member.bus().subscribe(binding, event -> numbers.add(number(event)));
        }
        member.start();
        BusUnderTest publisher = kit.publisher(topic);
        publisher.bus().publish(List.of(event(1).withRoutingKey("a.b"), event(2).withRoutingKey("a.b")));
        handlers.forEach(numbers -> assertEquals(List.of(1, 2), until(kit, 2, numbers)));
    }

    @Test
    @Rule("RTE-6")
    @DisplayName("events that a routing pattern filters out hold up nothing and leave nothing behind")
    final void filteredByPattern(Kit kit) {
        filteredOut(kit, Binding.topic("wanted.#"));
    }

    @Test
    @Rule("RTE-6")
    @DisplayName("events that headers filter out hold up nothing and leave nothing behind")
    final void filteredByHeaders(Kit kit) {
        filteredOut(kit, Binding.headersAll(Map.of("wanted", "yes")));
    }

    private static void filteredOut(Kit kit, Binding<Object> wanted) {
        String topic = kit.name("topic");
        String group = kit.name("group");
        int unwanted = 1000;
        Collected<Integer> before = new Collected<>();
        BusUnderTest member = kit.bus(topic, builder -> builder.group(group).maxInFlight(10));
        member.bus().subscribe(wanted, event -> before.add(number(event)));
        member.start();
        BusUnderTest publisher = kit.publisher(topic);
        publisher
                .bus()
                .publish(IntStream.range(0, unwanted)
                        .mapToObj(i -> Sample.placed("key " + i % 10, i))
                        .toList());
        publisher.bus().publish(event(unwanted).withRoutingKey("wanted.too").withHeader("wanted", "yes"));
        assertEquals(List.of(unwanted), until(kit, unwanted, before));
        kit.await().until("an empty backlog", () -> member.bus().queueInfo().backlog() == 0);
        member.close();
        Collected<Integer> after = group(kit, topic, group, Binding.fanout());
        int fence = unwanted + 1;
        publisher
                .bus()
                .publish(IntStream.range(0, 10)
                        .mapToObj(i -> Sample.placed("key " + i, fence))
                        .toList());
        kit.await().count("the fences", after, 10);
        assertEquals(
                10, after.snapshot().stream().filter(number -> number == fence).count(), "fences");
        assertEquals(10, after.size(), "fences and what came again");
    }
}
