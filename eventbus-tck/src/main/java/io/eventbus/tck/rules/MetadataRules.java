package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.eventbus.Binding;
import io.eventbus.Event;
import io.eventbus.EventCodec;
import io.eventbus.EventDefinition;
import io.eventbus.EventHandler;
import io.eventbus.JsonCodec;
import io.eventbus.RawEvent;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Collected;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Hold;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** REG-3: what is known about an event beside its payload and headers. */
@Conformance
public class MetadataRules {

    private static final String AWKWARD = "é/ü.x:y \"d\" 's' {1} €😀";
    private static final EventDefinition<Thing> DEFINITION = EventDefinition.of(
                    Thing.class, "Aggregate " + AWKWARD, "Type " + AWKWARD)
            .version(7)
            .keyedBy(Thing::key);

    private record Thing(String key, int number) {}

    /** Run by JUnit. */
    public MetadataRules() {}

    @Test
    @Rule("REG-3")
    @DisplayName("every field of an event arrives as it was published")
    final void everyField(Kit kit) {
        String topic = kit.name("topic");
        Collected<Event<RawEvent>> seen = new Collected<>();
        BusUnderTest member = member(kit, topic, kit.name("group"), seen::add);
        member.bus().publish(List.of(awkward(1), awkward(2)));
        kit.await().count("the events", seen, 2);
        assertArrived(seen);
    }

    @Test
    @Rule("REG-3")
    @DisplayName("every field of an event is the same at a further attempt")
    final void furtherAttempt(Kit kit) {
        String topic = kit.name("topic");
        Collected<Event<RawEvent>> seen = new Collected<>();
        BusUnderTest member = member(kit, topic, kit.name("group"), event -> {
            if (event.attempt() == 1) {
                throw new IllegalStateException("every first attempt fails");
            }
            seen.add(event);
        });
        member.bus().publish(List.of(awkward(1), awkward(2)));
        kit.await().count("the events", seen, 2);
        assertArrived(seen);
    }

    @Test
    @Rule("REG-3")
    @DisplayName("every field of an event is the same when it is delivered again to another member")
    final void redelivery(Kit kit) {
        String topic = kit.name("topic");
        String group = kit.name("group");
        Hold hold = new Hold();
        BusUnderTest first = member(kit, topic, group, event -> hold.here());
        BusUnderTest publisher = kit.bus(
                        topic, builder -> builder.events(DEFINITION).codec(new AwkwardCodec()))
                .start();
        publisher.bus().publish(List.of(awkward(1), awkward(2)));
        kit.await().precondition().count("the handler of the first member", hold.arrivals(), 1);
        first.crash();
        Collected<Event<RawEvent>> seen = new Collected<>();
        member(kit, topic, group, seen::add);
        kit.await().count("the events at the second member", seen, 2);
        assertArrived(seen);
        hold.release();
    }

    private static BusUnderTest member(Kit kit, String topic, String group, EventHandler<RawEvent> handler) {
        BusUnderTest bus = kit.bus(
                topic, builder -> builder.group(group).events(DEFINITION).codec(new AwkwardCodec()));
        bus.bus().subscribe(Binding.raw(Binding.type(Thing.class)), handler);
        return bus.start();
    }

    private static Event<Thing> awkward(int number) {
        return Event.of(new Thing("key " + AWKWARD + "\r\n\t\u0000", number))
                .withId("id " + number + " " + AWKWARD)
                .withAggregateVersion(Long.MAX_VALUE - number)
                .withOccurredAt(occurred(number))
                .withCorrelationId("correlation " + number + AWKWARD)
                .withCausationId("causation " + number + AWKWARD)
                .withRoutingKey("routing." + number + "." + AWKWARD);
    }

    /** One before the epoch, one after the end of 32-bit seconds; both with milliseconds. */
    private static Instant occurred(int number) {
        return Instant.parse(number == 1 ? "1969-12-31T23:59:59.001Z" : "2345-06-07T08:09:10.999Z");
    }

    private static void assertArrived(Collected<Event<RawEvent>> seen) {
        assertEquals(
                List.of(expected(1), expected(2)),
                seen.snapshot().stream().map(MetadataRules::fields).toList(),
                "fields");
    }

    private static Map<String, Object> expected(int number) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", "id " + number + " " + AWKWARD);
        fields.put("aggregate type", "Aggregate " + AWKWARD);
        fields.put("type", "Type " + AWKWARD);
        fields.put("schema version", 7);
        fields.put("key", "key " + AWKWARD + "\r\n\t\u0000");
        fields.put("aggregate version", Long.MAX_VALUE - number);
        fields.put("occurred at", occurred(number));
        fields.put("correlation id", "correlation " + number + AWKWARD);
        fields.put("causation id", "causation " + number + AWKWARD);
        fields.put("routing key", "routing." + number + "." + AWKWARD);
        fields.put("content type", AwkwardCodec.CONTENT_TYPE);
        return fields;
    }

    private static Map<String, Object> fields(Event<RawEvent> event) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", event.id());
        fields.put("aggregate type", event.aggregateType());
        fields.put("type", event.type());
        fields.put("schema version", event.metadata().schemaVersion());
        fields.put("key", event.key());
        fields.put("aggregate version", event.metadata().aggregateVersion());
        fields.put("occurred at", event.occurredAt());
        fields.put("correlation id", event.correlationId());
        fields.put("causation id", event.causationId());
        fields.put("routing key", event.metadata().routingKey());
        fields.put("content type", event.payload().contentType());
        return fields;
    }

    @Test
    @Rule("REG-3")
    @DisplayName("what an event was published without, it arrives without")
    final void absentFields(Kit kit) {
        String topic = kit.name("topic");
        RawWitness witness = RawWitness.on(kit, topic);
        BusUnderTest publisher = kit.publisher(topic);
        RawEvent keyless = new RawEvent("", "Bare", null, "", new byte[] {1});
        publisher.bus().publish(keyless);
        publisher.bus().publish(keyless);
        kit.await().count("the events", witness.seen(), 2).forEach(event -> {
            assertNull(event.key(), "key");
            assertEquals("", event.aggregateType(), "aggregate type");
            assertNull(event.correlationId(), "correlation id");
            assertNull(event.causationId(), "causation id");
            assertEquals(0, event.metadata().aggregateVersion(), "aggregate version");
            assertEquals(Map.of(), event.headers(), "headers");
        });
    }

    /** JSON by another name. */
    private static final class AwkwardCodec implements EventCodec {

        static final String CONTENT_TYPE = "application/vnd.kit+json; charset=\"utf-8\"";

        private final JsonCodec json = new JsonCodec();

        @Override
        public String contentType() {
            return CONTENT_TYPE;
        }

        @Override
        public byte[] encode(Object payload) throws IOException {
            return json.encode(payload);
        }

        @Override
        public <T> T decode(byte[] bytes, Class<T> payloadType) throws IOException {
            return json.decode(bytes, payloadType);
        }
    }
}
