package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.eventbus.BrokerException;
import io.eventbus.ConfigurationException;
import io.eventbus.spi.Group;
import io.eventbus.spi.TransportException;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Inconclusive;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Witness;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** GRP-8: different names are different destinations. */
@Conformance
public class NameRules {

    private static final int LONGEST = 200;

    /** What a transport may join names with, or escape them by. */
    private static final List<String> SEPARATORS = List.of(".", ":", "_", "-", "/", "%", "#", " x ", "..");

    /** Names that an escape, a folding of case or a normalisation would make equal; none begins or ends with a space. */
    private static final List<String> SIMILAR = List.of(
            "a.b", "a_b", "a:b", "a b", "ab", "A.B", "a%2Eb", "a%2eb", "a%252Eb", "a=2Eb", "a_2Eb", "a~2Eb", "a.2Eb",
            "\u00e9", "e\u0301", "e", "\u00c9", "\ufb01", "fi", "a.b.dlq", "a.b_dlq", "😀");

    private static final int EVENTS = 8;

    /** Run by JUnit. */
    public NameRules() {}

    /** A group with one member, and what it was given. */
    private record Place(Group group, BusUnderTest member, Witness witness) {}

    @Test
    @Rule("GRP-8")
    @DisplayName("topics with similar names do not share events")
    final void topics(Kit kit) {
        String base = kit.name("topic");
        List<Place> places = Stream.concat(SIMILAR.stream().map(name -> base + name), longNames(base))
                .flatMap(name -> place(kit, new Group(name, "group")).stream())
                .toList();
        requireMost(places, SIMILAR.size());
        assertEachGetsItsOwn(kit, places);
    }

    @Test
    @Rule("GRP-8")
    @DisplayName("groups with similar names are different groups")
    final void groups(Kit kit) {
        String topic = kit.name("topic");
        String base = kit.name("group");
        List<Place> places = Stream.concat(SIMILAR.stream().map(name -> base + name), longNames(base))
                .flatMap(name -> place(kit, new Group(topic, name)).stream())
                .toList();
        requireMost(places, SIMILAR.size());
        BusUnderTest publisher = kit.publisher(topic);
        publisher.bus().publish(List.of(Sample.placed("k", 1), Sample.placed("k", 2)));
        kit.fence(publisher, "k", places.stream().map(Place::witness).toArray(Witness[]::new));
        places.forEach(place ->
                assertEquals(List.of(1, 2), place.witness().numbers(), "events of group '" + name(place) + "'"));
    }

    private static String name(Place place) {
        return place.group().name();
    }

    @Test
    @Rule("GRP-8")
    @DisplayName("topic and group are told apart, whatever separates them in their names")
    final void topicAndGroup(Kit kit) {
        String base = kit.name("t");
        List<Place> places = SEPARATORS.stream()
                .flatMap(separator -> Stream.of(
                        new Group(base + "a" + separator + "b", "c"), new Group(base + "a", "b" + separator + "c")))
                .flatMap(group -> place(kit, group).stream())
                .toList();
        requireMost(places, 2 * SEPARATORS.size());
        assertEachGetsItsOwn(kit, places);
    }

    /** Twice the longest name, different only at its end; and the longest in a script of three bytes a character. */
    private static Stream<String> longNames(String base) {
        String rest = "x".repeat(LONGEST - 1 - base.length());
        return Stream.of(base + rest + "1", base + rest + "2", base + "日".repeat(LONGEST - base.length()));
    }

    /** Empty if the transport refuses the names: it may, before anything is published. */
    private static Optional<Place> place(Kit kit, Group group) {
        Witness witness = new Witness();
        try {
            return Optional.of(new Place(group, kit.member(group.topic(), group.name(), witness), witness));
        } catch (ConfigurationException e) {
            return Optional.empty();
        } catch (BrokerException e) {
            if (e.getCause() instanceof TransportException cause && cause.kind() == TransportException.Kind.REJECTED) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static void requireMost(List<Place> places, int all) {
        Inconclusive.unless(places.size() > all / 2, "half of the names accepted");
    }

    /**
     * The events of a topic go to all its groups, so each number stands for a topic. There are several of each: where two groups are
     * one, a single event may come to the right member by chance.
     */
    private static void assertEachGetsItsOwn(Kit kit, List<Place> places) {
        List<String> topics =
                places.stream().map(place -> place.group().topic()).distinct().toList();
        for (String topic : topics) {
            publisher(places, topic)
                    .bus()
                    .publish(numbers(topics, topic).stream()
                            .map(number -> Sample.placed("k", number))
                            .toList());
        }
        for (Place place : places) {
            kit.fence(place.member(), "k", place.witness());
        }
        for (Place place : places) {
            List<Integer> own = numbers(topics, place.group().topic());
            assertEquals(own, place.witness().numbers(), () -> "events of " + place.group());
        }
    }

    private static List<Integer> numbers(List<String> topics, String topic) {
        int first = topics.indexOf(topic) * EVENTS;
        return IntStream.range(first, first + EVENTS).boxed().toList();
    }

    private static BusUnderTest publisher(List<Place> places, String topic) {
        return places.stream()
                .filter(place -> place.group().topic().equals(topic))
                .findFirst()
                .orElseThrow()
                .member();
    }
}
