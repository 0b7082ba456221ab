package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.eventbus.Binding;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Inconclusive;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Scenario;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** RTE-3: patterns over the words of routing keys. */
@Conformance
public class TopicRoutingRules {

    /** A pattern, a routing key, and whether they match; "" is the empty text. */
    private static final String VECTORS = """
            a            a            yes
            a            b            no
            a            A            no
            a            a.a          no
            a            ""           no
            ""           ""           yes
            ""           a            no
            ""           .            no
            a.b          a.b          yes
            a.b          a.c          no
            a.b          ab           no
            a.b          a            no
            a.b          a.b.c        no
            a.b          a.b.         no
            a.b          .a.b         no
            *            a            yes
            *            a.b          no
            *            ""           no
            *            *            yes
            *            .            no
            *.*          a.b          yes
            *.*          a            no
            *.*          a.b.c        no
            *.*          .            yes
            a.*          a.b          yes
            a.*          a            no
            a.*          a.b.c        no
            a.*          b.a          no
            a.*          a.           yes
            *.b          a.b          yes
            *.b          b            no
            *.b          a.a.b        no
            *.b          .b           yes
            a.*.c        a.b.c        yes
            a.*.c        a.c          no
            a.*.c        a.b.b.c      no
            a.*.c        a..c         yes
            #            ""           yes
            #            a            yes
            #            a.b.c.d.e.f  yes
            #            .            yes
            #            #            yes
            a.#          a            yes
            a.#          a.b          yes
            a.#          a.b.c.d      yes
            a.#          ""           no
            a.#          b            no
            a.#          b.a          no
            a.#          ab           no
            a.#          a.           yes
            #.b          b            yes
            #.b          a.b          yes
            #.b          a.a.a.b      yes
            #.b          b.a          no
            #.b          ""           no
            a.#.c        a.c          yes
            a.#.c        a.b.c        yes
            a.#.c        a.c.c        yes
            a.#.c        a.b.c.b.c    yes
            a.#.c        a.b.c.b      no
            a.#.c        a            no
            #.b.#        b            yes
            #.b.#        a.b.c        yes
            #.b.#        a.a.b.c.c    yes
            #.b.#        a.c          no
            #.#          ""           yes
            #.#          a            yes
            #.#          a.b.c        yes
            *.#          ""           no
            *.#          a            yes
            *.#          a.b          yes
            #.*          ""           no
            #.*          a            yes
            #.*          a.b          yes
            #.*.#        ""           no
            #.*.#        a.b          yes
            *.#.*        a            no
            *.#.*        a.b          yes
            *.#.*        a.b.c        yes
            a.#.*        a            no
            a.#.*        a.b          yes
            #.a.#.b.#    a.b          yes
            #.a.#.b.#    c.a.c.b.c    yes
            #.a.#.b.#    b.a          no
            a*           a*           yes
            a*           ab           no
            #a           #a           yes
            #a           ba           no
            é.*          é.ü          yes
            é.*          e.u          no
            """;

    private static final int PATTERNS = 40;
    private static final int KEYS = 50;

    /** Run by JUnit. */
    public TopicRoutingRules() {}

    private record Vector(String pattern, String routingKey, boolean matches) {

        static Vector parse(String line) {
            List<String> cells = List.of(line.strip().replace("\"\"", EMPTY).split(" +")).stream()
                    .map(cell -> cell.replace(EMPTY, ""))
                    .toList();
            return new Vector(cells.get(0), cells.get(1), cells.get(2).equals("yes"));
        }

        private static final String EMPTY = "\u0001";
    }

    @Test
    @Rule("RTE-3")
    @DisplayName("* matches exactly one word and # zero or more, in vectors written by hand")
    final void vectors(Kit kit) {
        List<Vector> vectors = VECTORS.lines().map(Vector::parse).toList();
        for (Vector vector : vectors) {
            boolean matches = RoutingReference.topicMatches(vector.pattern(), vector.routingKey());
            assertEquals(vector.matches(), matches, "the reference says about " + vector);
        }
        RoutingTable table = new RoutingTable();
        vectors.stream().map(Vector::pattern).distinct().forEach(pattern -> addRoute(table, pattern));
        vectors.stream().map(Vector::routingKey).distinct().forEach(key -> addEvent(table, key));
        table.check(kit, "");
    }

    @Test
    @Rule("RTE-3")
    @DisplayName("* matches exactly one word and # zero or more, in random pairs")
    final void randomPairs(Kit kit) {
        long seed = Scenario.newSeed();
        Random random = new Random(seed);
        RoutingTable table = new RoutingTable();
        IntStream.range(0, PATTERNS)
                .mapToObj(i -> words(random, List.of("a", "b", "*", "#", "#", "")))
                .forEach(pattern -> addRoute(table, pattern));
        IntStream.range(0, KEYS)
                .mapToObj(i -> words(random, List.of("a", "a", "b", "b", "c", "")))
                .forEach(key -> addEvent(table, key));
        Inconclusive.unless(
                table.matching() > 0.05 && table.matching() < 0.95, "pairs of both kinds (seed " + seed + ")");
        table.check(kit, "seed " + seed + ": ");
    }

    private static String words(Random random, List<String> alphabet) {
        return IntStream.range(0, random.nextInt(6))
                .mapToObj(i -> alphabet.get(random.nextInt(alphabet.size())))
                .collect(Collectors.joining("."));
    }

    private static void addEvent(RoutingTable table, String routingKey) {
        table.add(RoutingTable.event(routingKey).withRoutingKey(routingKey));
    }

    private static void addRoute(RoutingTable table, String pattern) {
        String matching = pattern.replace("*", "fence").replace("#", "fence");
        String fence = RoutingReference.topicMatches(pattern, matching) ? matching : pattern;
        table.add(new RoutingTable.Route(
                Binding.topic(pattern),
                event -> RoutingReference.topicMatches(
                        pattern, String.valueOf(event.metadata().routingKey())),
                RoutingTable.event("fence of " + pattern).withRoutingKey(fence)));
    }
}
