package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.eventbus.Binding;
import io.eventbus.BusError;
import io.eventbus.BusStats;
import io.eventbus.DeadLetter;
import io.eventbus.DeadLetterReason;
import io.eventbus.Event;
import io.eventbus.EventBusBuilder;
import io.eventbus.EventCodec;
import io.eventbus.JsonCodec;
import io.eventbus.RawEvent;
import io.eventbus.UnknownTypePolicy;
import io.eventbus.spi.Destination;
import io.eventbus.spi.Limits;
import io.eventbus.spi.Message;
import io.eventbus.spi.Sender;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Collected;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Witness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** REG-6 and REG-7: events that no subscription can be given, though one selects them or nobody can tell. */
@Conformance
public class UnreadableEventRules {

    private static final byte[] BODY = "{\"of\": \"whom?\"}".getBytes(StandardCharsets.UTF_8);
    private static final String KEY = "k";

    /** Run by JUnit. */
    public UnreadableEventRules() {}

    /** A member that handles all events of the sample's classes, and what it was given. */
    private record Reader(BusUnderTest bus, Collected<Object> seen, Collected<BusError> errors) {

        static Reader on(Kit kit, String topic, UnaryOperator<EventBusBuilder> settings) {
            Collected<BusError> errors = new Collected<>();
            Collected<Object> seen = new Collected<>();
            BusUnderTest bus = kit.bus(
                    topic,
                    builder -> settings.apply(builder.group(kit.name("group")).onError(errors::add)));
            bus.bus().subscribeToAllEvents(event -> seen.add(event.payload()));
            return new Reader(bus.start(), seen, errors);
        }
    }

    private static Event<RawEvent> unknown() {
        return Event.of(new RawEvent("Order", "Unheard", KEY, "application/json", BODY))
                .withHeader("header", "value");
    }

    @Test
    @Rule("REG-6")
    @DisplayName("an event of an unknown type goes to the dead letters as it came, and the next events are handled")
    final void unknownIsDeadLettered(Kit kit) {
        String topic = kit.name("topic");
        Reader reader = Reader.on(kit, topic, builder -> builder);
        BusUnderTest publisher = kit.publisher(topic);
        Event<RawEvent> unknown = unknown();
        publisher.bus().publish(List.of(Sample.placed(KEY, 1), unknown, Sample.placed(KEY, 2)));
        kit.await().count("the events around it", reader.seen(), 2);
        assertBuried(kit, reader, unknown, DeadLetterReason.UNKNOWN_TYPE);
        assertEquals(
                List.of(Sample.placed(KEY, 1), Sample.placed(KEY, 2)),
                reader.seen().snapshot());
    }

    @Test
    @Rule("REG-6")
    @DisplayName("by the policy to discard, an event of an unknown type is dropped, counted and reported")
    final void unknownIsDiscarded(Kit kit) {
        String topic = kit.name("topic");
        Reader reader = Reader.on(kit, topic, builder -> builder.unknownTypes(UnknownTypePolicy.DISCARD));
        BusUnderTest publisher = kit.publisher(topic);
        Event<RawEvent> unknown = unknown();
        publisher.bus().publish(List.of(Sample.placed(KEY, 1), unknown, Sample.placed(KEY, 2)));
        kit.await().count("the events around it", reader.seen(), 2);
        kit.await().until("the report", () -> discarded(reader).equals(List.of(unknown.id())));
        assertEquals(1, reader.bus().bus().stats().discarded(), "discarded");
        assertEquals(0, reader.bus().bus().deadLetters().count(), "dead letters");
    }

    private static List<String> discarded(Reader reader) {
        return reader.errors().snapshot().stream()
                .filter(error -> error.kind() == BusError.Kind.DISCARDED)
                .map(error -> String.valueOf(error.eventId()))
                .toList();
    }

    @Test
    @Rule("REG-6")
    @DisplayName("a raw subscription handles events of unknown types")
    final void unknownIsHandledRaw(Kit kit) {
        String topic = kit.name("topic");
        RawWitness witness = RawWitness.on(kit, topic);
        BusUnderTest publisher = kit.publisher(topic);
        List<Event<RawEvent>> published = List.of(unknown(), unknown());
        publisher.bus().publish(published);
        List<Event<RawEvent>> seen = kit.await().count("the events", witness.seen(), 2);
        assertEquals(ids(published), ids(seen), "ids");
        assertArrayEquals(BODY, seen.get(0).payload().body());
    }

    private static List<String> ids(List<Event<RawEvent>> events) {
        return events.stream().map(Event::id).toList();
    }

    @Test
    @Rule("REG-6")
    @DisplayName("an event of an unknown type that no subscription selects is filtered out")
    final void unknownIsFiltered(Kit kit) {
        String topic = kit.name("topic");
        Witness witness = new Witness();
        BusUnderTest member = kit.member(topic, kit.name("group"), witness);
        BusUnderTest publisher = kit.publisher(topic);
        kit.fence(publisher, KEY, witness);
        publisher.bus().publish(unknown());
        kit.fence(publisher, KEY, witness);
        assertEquals(0, member.bus().deadLetters().count(), "dead letters");
        BusStats stats = member.bus().stats();
        assertEquals(0, stats.failures() + stats.deadLettered() + stats.discarded(), stats.toString());
    }

    @Test
    @Rule("REG-7")
    @DisplayName(
            "an event that the codec cannot decode goes to the dead letters as it came, without a call of a handler")
    final void codecFails(Kit kit) {
        String topic = kit.name("topic");
        Reader reader = Reader.on(kit, topic, builder -> builder.codec(new CannotDecode("poison")));
        BusUnderTest publisher = kit.publisher(topic);
        Event<RawEvent> poison = ofPlaced("{\"order\": \"k\", \"number\": 7, \"text\": \"poison\"}");
        publisher.bus().publish(List.of(Sample.placed(KEY, 1), poison, Sample.placed(KEY, 2)));
        kit.await().count("the events around it", reader.seen(), 2);
        assertBuried(kit, reader, poison, DeadLetterReason.UNDECODABLE);
        assertEquals(2, reader.bus().bus().stats().attempts(), "calls of handlers");
        assertEquals(
                List.of(Sample.placed(KEY, 1), Sample.placed(KEY, 2)),
                reader.seen().snapshot());
    }

    @Test
    @Rule("REG-7")
    @DisplayName(
            "bytes that are no payload of their type go to the dead letters as they came, and later events are handled")
    final void garbage(Kit kit) {
        String topic = kit.name("topic");
        Reader reader = Reader.on(kit, topic, builder -> builder);
        BusUnderTest publisher = kit.publisher(topic);
        List<Event<RawEvent>> garbage = List.of(
                ofPlaced("{\"order\": \"k"),
                ofPlaced(""),
                ofPlaced("null"),
                ofPlaced("[1, 2]"),
                ofPlaced("\u0000\u0001"),
                ofPlaced("[".repeat(50_000)));
        publisher.bus().publish(Sample.placed(KEY, 1));
        publisher.bus().publish(garbage);
        publisher.bus().publish(Sample.placed(KEY, 2));
        kit.await().count("the events around them", reader.seen(), 2);
        List<DeadLetter> buried = kit.deadLetters(reader.bus(), garbage.size());
        assertEquals(
                garbage.stream().map(UnreadableEventRules::describe).toList(),
                buried.stream().map(letter -> describe(letter.event())).toList(),
                "dead letters");
        buried.forEach(letter -> assertEquals(DeadLetterReason.UNDECODABLE, letter.reason()));
        assertEquals(2, reader.bus().bus().stats().attempts(), "calls of handlers");
    }

    private static String describe(Event<RawEvent> event) {
        return event.id() + ": " + RawWitness.digest(event.payload().body());
    }

    @Test
    @Rule("REG-7")
    @DisplayName(
            "a message that no bus has sent goes to the dead letters if its type, its id or an attribute cannot be read")
    final void foreignMessages(Kit kit) {
        String topic = kit.name("topic");
        Reader reader = Reader.on(kit, topic, builder -> builder);
        BusUnderTest publisher = kit.publisher(topic);
        publisher.bus().publish(Sample.placed(KEY, 1));
        List<Message> foreign = List.of(
                foreign("no type", "", Map.of()),
                foreign("", "Placed", Map.of()),
                foreign("bad time", "Placed", Map.of("time", "yesterday")),
                foreign("bad version", "Placed", Map.of("schemaversion", "seven")),
                foreign("bad sequence", "Placed", Map.of("sequence", "1.5")),
                foreign("selected by nothing", "Other", Map.of("time", "yesterday")));
        send(kit, publisher, topic, foreign);
        publisher.bus().publish(Sample.placed(KEY, 2));
        kit.await().count("the events around them", reader.seen(), 2);
        List<DeadLetter> buried = kit.deadLetters(reader.bus(), foreign.size());
        assertEquals(foreign.size(), buried.size(), () -> "dead letters: " + buried);
        Set<String> ids = foreign.stream().map(Message::id).collect(Collectors.toSet());
        for (int i = 0; i < foreign.size(); i++) {
            assertEquals(DeadLetterReason.UNDECODABLE, buried.get(i).reason());
            String id = buried.get(i).event().id();
            assertEquals(foreign.get(i).id(), ids.contains(id) ? id : "", "one without an id gets a new one");
            assertArrayEquals(BODY, buried.get(i).event().payload().body());
        }
        assertEquals(2, reader.bus().bus().stats().attempts(), "calls of handlers");
    }

    @Test
    @Rule("REG-7")
    @DisplayName(
            "a message that no bus has sent goes to the dead letters as it came, though it is as large as the limits allow")
    final void largestForeignMessage(Kit kit) {
        String topic = kit.name("topic");
        Reader reader = Reader.on(kit, topic, builder -> builder);
        BusUnderTest publisher = kit.publisher(topic);
        Limits limits = publisher.limits();
        Map<String, String> headers = Map.of("name", "v".repeat(limits.maxHeaders() - 4));
        byte[] body = new byte[limits.maxPayload()];
        Map<String, String> attributes = Map.of("time", "yesterday");
        Message largest = new Message(
                "largest", "Order", "Placed", KEY, "Order.Placed", "application/json", attributes, headers, body);
        send(kit, publisher, topic, List.of(largest));
        publisher.bus().publish(Sample.placed(KEY, 2));
        kit.await().count("the event behind it", reader.seen(), 1);
        DeadLetter letter = kit.deadLetters(reader.bus(), 1).get(0);
        assertEquals(DeadLetterReason.UNDECODABLE, letter.reason());
        assertEquals(headers, letter.event().headers());
        assertArrayEquals(body, letter.event().payload().body());
    }

    private static void send(Kit kit, BusUnderTest publisher, String topic, List<Message> foreign) {
        try (Sender sender = publisher.openSender()) {
            List<CompletionStage<Void>> sent = foreign.stream()
                    .map(message -> sender.send(new Destination.Topic(topic), message))
                    .toList();
            sender.flush();
            sent.forEach(each -> kit.await().result("the sending of a foreign message", each));
        }
    }

    private static Message foreign(String id, String type, Map<String, String> attributes) {
        return new Message(id, "Order", type, KEY, "Order.Placed", "application/json", attributes, Map.of(), BODY);
    }

    @Test
    @Rule("REG-7")
    @DisplayName("a raw subscription gets the bytes that a codec cannot decode")
    final void garbageIsHandledRaw(Kit kit) {
        String topic = kit.name("topic");
        Collected<String> seen = new Collected<>();
        BusUnderTest bus =
                kit.bus(topic, builder -> builder.group(kit.name("group")).codec(new CannotDecode("")));
        bus.bus()
                .subscribe(
                        Binding.raw(Binding.type(Sample.Placed.class)),
                        event -> seen.add(new String(event.payload().body(), StandardCharsets.UTF_8)));
        bus.start();
        bus.bus().publish(List.of(ofPlaced("one"), ofPlaced("two")));
        assertEquals(List.of("one", "two"), kit.await().count("the events", seen, 2));
    }

    private static Event<RawEvent> ofPlaced(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return Event.of(new RawEvent("Order", "Placed", KEY, "application/json", bytes))
                .withHeader("header", "value");
    }

    private static void assertBuried(Kit kit, Reader reader, Event<RawEvent> event, DeadLetterReason reason) {
        List<DeadLetter> all = kit.deadLetters(reader.bus(), 1);
        assertEquals(1, all.size(), () -> "dead letters: " + all);
        DeadLetter letter = all.get(0);
        assertEquals(reason, letter.reason());
        assertEquals(event.id(), letter.event().id());
        assertEquals(Map.of("header", "value"), letter.event().headers());
        assertArrayEquals(event.payload().body(), letter.event().payload().body());
        assertEquals(0, letter.attempts(), "attempts");
        assertEquals(1, reader.bus().bus().stats().deadLettered(), "dead-lettered by the bus's own count");
    }

    /** JSON, but decodes nothing that holds a certain text. */
    private record CannotDecode(String marked) implements EventCodec {

        private static final JsonCodec JSON = new JsonCodec();

        @Override
        public String contentType() {
            return JSON.contentType();
        }

        @Override
        public byte[] encode(Object payload) throws IOException {
            return JSON.encode(payload);
        }

        @Override
        public <T> T decode(byte[] bytes, Class<T> payloadType) throws IOException {
            if (new String(bytes, StandardCharsets.UTF_8).contains(marked)) {
                throw new IOException("told not to decode this");
            }
            return JSON.decode(bytes, payloadType);
        }
    }
}
