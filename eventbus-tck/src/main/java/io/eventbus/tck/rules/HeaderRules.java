package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.eventbus.Event;
import io.eventbus.PublishException;
import io.eventbus.RawEvent;
import io.eventbus.spi.Limits;
import io.eventbus.spi.TransportException.Outcome;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Inconclusive;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** REG-2: headers, unchanged or refused. */
@Conformance
public class HeaderRules {

    private static final List<String> AWKWARD = List.of(
            " ",
            " space before and after ",
            "a/b\\c?d=e&f#g%20h",
            "\"double\" 'single' `back`",
            "{\"json\":[null,true]}",
            "<xml attribute=\"&amp;\"/>",
            "tab\there",
            "line\r\nfeed",
            "null \u0000 byte",
            IntStream.rangeClosed(0, 0x7F).mapToObj(Character::toString).collect(Collectors.joining()),
            "é e\u0301 ß",
            "日本語",
            "😀👩‍👩‍👧");

    /** Names that a broker, or whoever puts headers next to its own, may want for itself. */
    private static final List<String> TAKEN = List.of(
            "id",
            "type",
            "key",
            "content-type",
            "traceparent",
            "x-death",
            "x-delivery-count",
            "__key",
            "ce-id",
            "ce_id",
            "cloudEvents:id",
            "cloudEvents_id",
            "eb-h-id",
            "eb-routing-key");

    /** Run by JUnit. */
    public HeaderRules() {}

    @Test
    @Rule("REG-2")
    @DisplayName("a header of any value arrives unchanged, or its event is refused")
    final void anyValue(Kit kit) {
        assertAllOrRefused(
                kit,
                Stream.concat(AWKWARD.stream(), Stream.of("", "v".repeat(4096)))
                        .map(value -> Map.of("name", value))
                        .toList());
    }

    @Test
    @Rule("REG-2")
    @DisplayName("a header of any name arrives unchanged, or its event is refused")
    final void anyName(Kit kit) {
        assertAllOrRefused(
                kit,
                Stream.concat(AWKWARD.stream(), TAKEN.stream())
                        .map(name -> Map.of(name, "value of " + name.length()))
                        .toList());
    }

    /** Each in an event of its own, so that one that a transport cannot carry does not hide the others. */
    private static void assertAllOrRefused(Kit kit, List<Map<String, String>> all) {
        String topic = kit.name("topic");
        RawWitness witness = RawWitness.on(kit, topic);
        BusUnderTest publisher = kit.publisher(topic);
        List<Map<String, String>> accepted = new ArrayList<>();
        for (Map<String, String> headers : all) {
            try {
                publisher.bus().publish(event().withHeaders(headers));
                accepted.add(headers);
            } catch (PublishException e) {
                assertEquals(Outcome.NOT_ACCEPTED, e.outcome(), "outcome with headers " + headers);
            }
        }
        publisher.bus().publish(event());
        accepted.add(Map.of());
        kit.await().count("the accepted events", witness.seen(), accepted.size());
        assertEquals(accepted, headers(witness), "headers of the accepted events");
        Inconclusive.unless(accepted.size() > all.size() / 2, "half of the headers accepted");
    }

    @Test
    @Rule("REG-2")
    @DisplayName("all headers of an event arrive, those whose names differ only in case among them")
    final void manyHeaders(Kit kit) {
        String topic = kit.name("topic");
        RawWitness witness = RawWitness.on(kit, topic);
        BusUnderTest publisher = kit.publisher(topic);
        Map<String, String> many = new HashMap<>(Map.of("name", "a", "Name", "b", "NAME", "c", "nAME", ""));
        IntStream.range(many.size(), 64).forEach(i -> many.put("header-" + i, "value " + i));
        publisher.bus().publish(event().withHeaders(many));
        publisher.bus().publish(event().withHeader("only", "one"));
        kit.await().count("the events", witness.seen(), 2);
        assertEquals(List.of(many, Map.of("only", "one")), headers(witness), "headers");
    }

    @Test
    @Rule("REG-2")
    @DisplayName("headers of exactly the declared limits arrive, and larger ones are refused and harm nothing")
    final void limits(Kit kit) {
        String topic = kit.name("topic");
        RawWitness witness = RawWitness.on(kit, topic);
        BusUnderTest publisher = kit.publisher(topic);
        Limits limits = publisher.limits();
        Map<String, String> longest = Map.of("n".repeat(limits.maxHeaderName()), "value");
        Map<String, String> fullest = Map.of("name", "v".repeat(limits.maxHeaders() - 4));
        publisher.bus().publish(event().withHeaders(longest));
        assertRefused(publisher, Map.of("n".repeat(limits.maxHeaderName() + 1), "value"));
        publisher.bus().publish(event().withHeaders(fullest));
        assertRefused(publisher, Map.of("name", "v".repeat(limits.maxHeaders() - 3)));
        assertRefused(publisher, Map.of("", "a name must not be empty"));
        publisher.bus().publish(event());
        kit.await().count("the accepted events", witness.seen(), 3);
        assertEquals(List.of(longest, fullest, Map.of()), headers(witness), "headers of the accepted events");
    }

    private static void assertRefused(BusUnderTest publisher, Map<String, String> headers) {
        PublishException refusal =
                assertThrows(PublishException.class, () -> publisher.bus().publish(event().withHeaders(headers)));
        assertEquals(Outcome.NOT_ACCEPTED, refusal.outcome(), "outcome");
    }

    private static Event<RawEvent> event() {
        return Event.of(RawWitness.blob(new byte[0]));
    }

    private static List<Map<String, String>> headers(RawWitness witness) {
        return witness.seen().snapshot().stream().map(Event::headers).toList();
    }
}
