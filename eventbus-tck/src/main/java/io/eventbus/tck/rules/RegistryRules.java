package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.eventbus.Event;
import io.eventbus.EventBusBuilder;
import io.eventbus.EventCodec;
import io.eventbus.EventDefinition;
import io.eventbus.EventKey;
import io.eventbus.EventType;
import io.eventbus.JsonCodec;
import io.eventbus.PublishException;
import io.eventbus.RawEvent;
import io.eventbus.spi.TransportException.Outcome;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Collected;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** REG-4 and REG-5: names of events, and what is refused before it is sent. */
@Conformance
public class RegistryRules {

    private static final EventDefinition<Unencodable> UNENCODABLE =
            EventDefinition.of(Unencodable.class, "Order", "Unencodable");
    private static final EventDefinition<Keyless> KEYLESS = EventDefinition.of(Keyless.class, "Order", "Keyless")
            .keyedBy(payload -> {
                throw new IllegalStateException("no key can be read");
            });

    /** Run by JUnit. */
    public RegistryRules() {}

    private static final class North {

        @EventType(aggregate = "North")
        private record Order(@EventKey String id, int number) {}
    }

    private static final class South {

        @EventType(aggregate = "South")
        private record Order(@EventKey String id, int number) {}
    }

    @Test
    @Rule("REG-4")
    @DisplayName("of two classes with the same simple name, each handler gets only its own events")
    final void sameSimpleName(Kit kit) {
        // of no class: a handler that is given another one than its own would fail, and what it was given go unseen
        Collected<Object> north = new Collected<>();
        Collected<Object> south = new Collected<>();
        BusUnderTest bus = kit.bus(
                kit.name("topic"),
                builder -> builder.group(kit.name("group")).events(North.Order.class, South.Order.class));
        bus.bus().subscribe(North.Order.class, event -> north.add(event.payload()));
        bus.bus().subscribe(South.Order.class, event -> south.add(event.payload()));
        bus.start();
        for (int i = 1; i <= 3; i++) {
            bus.bus().publish(new North.Order("k", i));
            bus.bus().publish(new South.Order("k", 10 * i));
        }
        kit.await().count("the events of one class", north, 3);
        kit.await().count("the events of the other class", south, 3);
        assertEquals(
                List.of(new North.Order("k", 1), new North.Order("k", 2), new North.Order("k", 3)), north.snapshot());
        assertEquals(
                List.of(new South.Order("k", 10), new South.Order("k", 20), new South.Order("k", 30)),
                south.snapshot());
    }

    @Test
    @Rule("REG-4")
    @DisplayName("the name on the wire is the registered one, whatever the class is called")
    final void wireName(Kit kit) {
        String topic = kit.name("topic");
        RawWitness witness = RawWitness.on(kit, topic);
        BusUnderTest publisher =
                kit.bus(topic, builder -> builder.events(North.Order.class)).start();
        publisher.bus().publish(new North.Order("k", 1));
        publisher.bus().publish(Sample.placed("k", 2));
        assertEquals(
                List.of("North/Order", "Order/Placed"),
                kit.await().count("the events", witness.seen(), 2).stream()
                        .map(event -> event.payload().aggregateType() + "/"
                                + event.payload().type())
                        .toList());
    }

    private record Written(String id, int number) {}

    private record Read(String id, int number, String absent) {}

    @Test
    @Rule("REG-4")
    @DisplayName("publisher and subscriber may give one name to different classes")
    final void differentClasses(Kit kit) {
        String topic = kit.name("topic");
        Collected<Integer> seen = new Collected<>();
        BusUnderTest reader = kit.bus(
                topic,
                builder ->
                        builder.group(kit.name("group")).events(EventDefinition.of(Read.class, "Document", "Changed")));
        reader.bus().subscribe(Read.class, event -> seen.add(event.payload().number()));
        reader.start();
        BusUnderTest writer = kit.bus(
                        topic,
                        builder -> builder.events(EventDefinition.of(Written.class, "Document", "Changed")
                                .keyedBy(Written::id)))
                .start();
        writer.bus().publish(List.of(new Written("k", 1), new Written("k", 2)));
        assertEquals(List.of(1, 2), kit.await().count("the events", seen, 2));
    }

    private record Unregistered(String order) {}

    private record Unencodable(String order) {}

    private record Keyless(String order) {}

    @Test
    @Rule("REG-5")
    @DisplayName("publish refuses what is not registered or not valid, and nothing of it arrives")
    final void refusedByPublish(Kit kit) {
        String topic = kit.name("topic");
        RawWitness witness = RawWitness.on(kit, topic);
        BusUnderTest publisher = kit.bus(topic, RegistryRules::failing).start();
        invalid().forEach((what, event) -> {
            PublishException refusal =
                    assertThrows(PublishException.class, () -> publisher.bus().publish(event), what);
            assertEquals(Outcome.NOT_ACCEPTED, refusal.outcome(), what);
            assertOnlyFenceArrives(kit, publisher, witness);
        });
    }

    @Test
    @Rule("REG-5")
    @DisplayName(
            "the stage of an asynchronous publish fails for what is not registered or not valid, and nothing of it arrives")
    final void refusedByPublishAsync(Kit kit) {
        String topic = kit.name("topic");
        RawWitness witness = RawWitness.on(kit, topic);
        BusUnderTest publisher = kit.bus(topic, RegistryRules::failing).start();
        invalid().forEach((what, event) -> {
            Throwable failure = kit.await()
                    .failure("the refusal of " + what, publisher.bus().publishAsync(event));
            PublishException refusal = assertInstanceOf(PublishException.class, failure, what);
            assertEquals(Outcome.NOT_ACCEPTED, refusal.outcome(), what);
            assertOnlyFenceArrives(kit, publisher, witness);
        });
    }

    private static EventBusBuilder failing(EventBusBuilder builder) {
        return builder.events(UNENCODABLE, KEYLESS).codec(new FailingCodec());
    }

    private static Map<String, Object> invalid() {
        Event<Sample.Placed> valid = Event.of(Sample.placed("k", 0));
        return Map.of(
                "an unregistered class", new Unregistered("k"),
                "an event of an unregistered class", Event.of(new Unregistered("k")),
                "a payload that cannot be encoded", new Unencodable("k"),
                "a payload whose key cannot be read", new Keyless("k"),
                "an empty id", valid.withId(""),
                "an id with a control character", valid.withId("a\nb"),
                "an id that is too long", valid.withId("i".repeat(1_000)),
                "a header without a name", valid.withHeader("", "value"),
                "a header with half a character", valid.withHeader("name", "\uD83D"));
    }

    /** Each fence is the next in the list of all that has arrived. */
    private static void assertOnlyFenceArrives(Kit kit, BusUnderTest publisher, RawWitness witness) {
        int before = witness.seen().size();
        Event<Sample.Placed> fence = Event.of(Sample.placed("k", before));
        publisher.bus().publish(fence);
        List<Event<RawEvent>> seen = kit.await().count("the fence", witness.seen(), before + 1);
        assertEquals(
                List.of(fence.id()),
                seen.subList(before, seen.size()).stream().map(Event::id).toList(),
                "what arrived");
    }

    /** JSON, but for one class. */
    private static final class FailingCodec implements EventCodec {

        private final JsonCodec json = new JsonCodec();

        @Override
        public String contentType() {
            return json.contentType();
        }

        @Override
        public byte[] encode(Object payload) throws IOException {
            if (payload instanceof Unencodable) {
                throw new IOException("told not to encode this");
            }
            return json.encode(payload);
        }

        @Override
        public <T> T decode(byte[] bytes, Class<T> payloadType) throws IOException {
            return json.decode(bytes, payloadType);
        }
    }
}
