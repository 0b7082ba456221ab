package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.eventbus.Binding;
import io.eventbus.Binding.Match;
import io.eventbus.Event;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Collected;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Inconclusive;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Scenario;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** RTE-4: bindings by headers. */
@Conformance
public class HeaderRoutingRules {

    /**
     * A binding, the headers of an event, and whether they match. In a binding a name without a value has to be there with any
     * value.
     */
    private static final String VECTORS = """
            all a=1              | a=1             | yes
            all a=1              | a=2             | no
            all a=1              |                 | no
            all a=1              | b=1             | no
            all a=1              | a=1 b=2         | yes
            all a=1              | A=1             | no
            all a=1              | a=              | no
            all a=1              | a=1.0           | no
            all a=1              | a=01            | no
            all a=1              | a=+1            | no
            all a=true           | a=true          | yes
            all a=true           | a=TRUE          | no
            all a=true           | a=1             | no
            all a=               | a=              | yes
            all a=               | a=1             | no
            all a=               |                 | no
            all a=1 b=2          | a=1 b=2         | yes
            all a=1 b=2          | a=1 b=2 c=3     | yes
            all a=1 b=2          | a=1             | no
            all a=1 b=2          | b=2             | no
            all a=1 b=2          | a=1 b=3         | no
            all a=1 b=2          | a=2 b=1         | no
            any a=1 b=2          | a=1             | yes
            any a=1 b=2          | b=2             | yes
            any a=1 b=2          | a=1 b=2         | yes
            any a=1 b=2          | a=1 b=3         | yes
            any a=1 b=2          | a=2 b=1         | no
            any a=1 b=2          | c=1             | no
            any a=1 b=2          |                 | no
            all c                | c=anything      | yes
            all c                | c=              | yes
            all c                | C=1             | no
            all c                |                 | no
            all a=1 c            | a=1 c=3         | yes
            all a=1 c            | a=1             | no
            all a=1 c            | a=2 c=3         | no
            any a=1 c            | c=3             | yes
            any a=1 c            | a=1             | yes
            any a=1 c            | a=2             | no
            any b c              | c=3             | yes
            any b c              | a=1             | no
            all                  |                 | yes
            all                  | a=1             | yes
            any                  |                 | no
            any                  | a=1             | no
            all a=1 x-b=2        | a=1             | yes
            all a=1 x-b=2        | x-b=2           | no
            any a=1 x-b=2        | x-b=2           | no
            any a=1 x-b=2        | a=1             | yes
            all x-b=2            |                 | yes
            all x-b=2            | x-b=3           | yes
            any x-b=2            | x-b=2           | no
            any x-c              | x-c=1           | no
            """;

    private static final int BINDINGS = 30;
    private static final int EVENTS = 40;

    /** Run by JUnit. */
    public HeaderRoutingRules() {}

    private record Vector(String binding, String headers, boolean matches) {

        static Vector parse(String line) {
            String[] cells = line.split("\\|", -1);
            return new Vector(
                    cells[0].strip(), cells[1].strip(), cells[2].strip().equals("yes"));
        }
    }

    @Test
    @Rule("RTE-4")
    @DisplayName("all and any follow AMQP, in vectors written by hand")
    final void vectors(Kit kit) {
        List<Vector> vectors = VECTORS.lines().map(Vector::parse).toList();
        for (Vector vector : vectors) {
            boolean matches = RoutingReference.headersMatch(binding(vector.binding()), headers(vector.headers()));
            assertEquals(vector.matches(), matches, "the reference says about " + vector);
        }
        RoutingTable table = new RoutingTable();
        vectors.stream().map(Vector::binding).distinct().forEach(binding -> addRoute(table, binding));
        vectors.stream().map(Vector::headers).distinct().forEach(headers -> addEvent(table, headers));
        table.check(kit, "");
    }

    @Test
    @Rule("RTE-4")
    @DisplayName("all and any follow AMQP, in random pairs")
    final void randomPairs(Kit kit) {
        long seed = Scenario.newSeed();
        Random random = new Random(seed);
        RoutingTable table = new RoutingTable();
        IntStream.range(0, BINDINGS)
                .mapToObj(i -> (random.nextBoolean() ? "all " : "any ")
                        + terms(random, List.of("a=1", "a=2", "b=1", "b=", "a", "b", "c", "x-c=1")))
                .forEach(binding -> addRoute(table, binding));
        IntStream.range(0, EVENTS)
                .mapToObj(i -> terms(random, List.of("a=1", "a=2", "b=1", "b=", "c=1", "c=2", "x-c=1", "d=1")))
                .forEach(headers -> addEvent(table, headers));
        Inconclusive.unless(
                table.matching() > 0.05 && table.matching() < 0.95, "pairs of both kinds (seed " + seed + ")");
        table.check(kit, "seed " + seed + ": ");
    }

    /** Of one group's subscriptions, that for everything is called last, so that it is the fence of the others. */
    @Test
    @Rule("RTE-4")
    @DisplayName("any of no headers selects nothing")
    final void anyOfNone(Kit kit) {
        Collected<Event<?>> unexpected = new Collected<>();
        Collected<Event<?>> all = new Collected<>();
        BusUnderTest member = kit.member(kit.name("topic"), kit.name("group"));
        member.bus().subscribe(binding("any"), unexpected::add);
        member.bus().subscribe(binding("any x-b=2"), unexpected::add);
        member.bus().subscribeToAllEvents(all::add);
        member.start();
        member.bus().publish(Sample.placed("key", 1));
        member.bus()
                .publish(Event.of(Sample.placed("key", 2)).withHeader("a", "1").withHeader("x-b", "2"));
        kit.await().count("both events", all, 2);
        assertEquals(List.of(), unexpected.snapshot());
    }

    private static String terms(Random random, List<String> alphabet) {
        return IntStream.range(0, random.nextInt(4))
                .mapToObj(i -> alphabet.get(random.nextInt(alphabet.size())))
                .collect(Collectors.joining(" "));
    }

    private static void addEvent(RoutingTable table, String headers) {
        table.add(RoutingTable.event(headers).withHeaders(headers(headers)));
    }

    /** The fence of a binding that nothing can match comes by its routing key. */
    private static void addRoute(RoutingTable table, String text) {
        Binding.Headers binding = binding(text);
        String fenceKey = "fence of " + text;
        Map<String, String> fence = new HashMap<>(binding.values());
        binding.present().forEach(name -> fence.putIfAbsent(name, "fence"));
        table.add(new RoutingTable.Route(
                RoutingReference.isSatisfiable(binding) ? binding : Binding.anyOf(binding, Binding.direct(fenceKey)),
                event -> RoutingReference.headersMatch(binding, event.headers())
                        || fenceKey.equals(event.metadata().routingKey()),
                RoutingTable.event(fenceKey).withHeaders(fence).withRoutingKey(fenceKey)));
    }

    private static Binding.Headers binding(String text) {
        String[] words = text.strip().split(" +", -1);
        Set<String> present =
                Arrays.stream(words).skip(1).filter(term -> !term.contains("=")).collect(Collectors.toSet());
        return new Binding.Headers(Match.valueOf(words[0].toUpperCase(Locale.ROOT)), headers(text), present);
    }

    private static Map<String, String> headers(String text) {
        Map<String, String> headers = new HashMap<>();
        for (String term : text.split(" +", -1)) {
            int equals = term.indexOf('=');
            if (equals > 0) {
                headers.put(term.substring(0, equals), term.substring(equals + 1));
            }
        }
        return headers;
    }
}
