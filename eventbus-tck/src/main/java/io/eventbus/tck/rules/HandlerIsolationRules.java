package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
import io.eventbus.tck.Sample;
import io.eventbus.tck.Witness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** SUB-4 and SUB-5: what a handler does to others, which is nothing. */
@Conformance
public class HandlerIsolationRules {

    private static final int EVENTS = 1000;
    private static final int KEYS = 32;
    private static final List<Supplier<Throwable>> FAILURES = List.of(
            () -> new IllegalStateException("told to fail"),
            () -> new Exception("told to fail"),
            () -> new AssertionError("told to fail"),
            () -> new StackOverflowError("told to fail"),
            () -> new NoClassDefFoundError("told to fail"));

    /** Run by JUnit. */
    public HandlerIsolationRules() {}

    @Test
    @Rule("SUB-4")
    @DisplayName(
            "handlers that throw exceptions and errors disturb no other handler, and get the event and the next again")
    final void throwing(Kit kit) {
        String topic = kit.name("topic");
        Witness failing = new Witness(event -> {
            int number = event.payload().number();
            if (number < FAILURES.size() && event.attempt() <= 2) {
                doThrow(FAILURES.get(number).get());
            }
        });
        Witness neighbour = new Witness();
        Witness otherGroup = new Witness();
        BusUnderTest member = kit.member(topic, kit.name("group"));
        member.bus().subscribe(Sample.Placed.class, failing);
        member.bus().subscribe(Sample.Placed.class, neighbour);
        member.start();
        kit.member(topic, kit.name("group"), otherGroup);
        BusUnderTest publisher = kit.publisher(topic);
        publisher.bus().publish(events());
        kit.await().count("all attempts", failing.calls(), EVENTS + 2 * FAILURES.size());
        IntStream.range(0, KEYS).forEach(i -> kit.fence(publisher, "k" + i, failing, neighbour, otherGroup));
        for (int i = 0; i < EVENTS; i++) {
            assertEquals(i < FAILURES.size() ? List.of(1, 2, 3) : List.of(1), failing.attempts(i), "attempts at " + i);
        }
        assertEquals(all(), sorted(neighbour), "the handler of the same group that succeeded");
        assertEquals(all(), sorted(otherGroup), "the handler of another group");
    }

    /** Throws what the compiler does not let a handler throw. */
    @SuppressWarnings("unchecked") // the cast is not made at run time
    private static <T extends Throwable> void doThrow(Throwable failure) throws T {
        throw (T) failure;
    }

    private static List<Sample.Placed> events() {
        return IntStream.range(0, EVENTS)
                .mapToObj(i -> Sample.placed("k" + i % KEYS, i))
                .toList();
    }

    private static List<Integer> all() {
        return IntStream.range(0, EVENTS).boxed().toList();
    }

    private static List<Integer> sorted(Witness witness) {
        return witness.numbers().stream().sorted().toList();
    }

    @Test
    @Rule("SUB-4")
    @DisplayName("a handler that blocks holds its key and one slot, neither other keys of its group nor another group")
    final void blocking(Kit kit) {
        String topic = kit.name("topic");
        Hold hold = new Hold();
        Witness blocked = new Witness(event -> {
            if (event.payload().number() == -1) {
                hold.here();
            }
        });
        Witness otherGroup = new Witness();
        kit.member(topic, kit.name("group"), blocked, builder -> builder.handlerConcurrency(2));
        kit.member(topic, kit.name("group"), otherGroup, builder -> builder.handlerConcurrency(1));
        BusUnderTest publisher = kit.publisher(topic);
        publisher.bus().publish(List.of(Sample.placed("held", -1), Sample.placed("held", -2)));
        kit.await().precondition().count("the handler that blocks", hold.arrivals(), 1);
        publisher.bus().publish(events());
        IntStream.range(0, KEYS).forEach(i -> kit.fence(publisher, "k" + i, blocked, otherGroup));
        List<Integer> withHeld = IntStream.range(-1, EVENTS).boxed().toList();
        List<Integer> withBoth = IntStream.range(-2, EVENTS).boxed().toList();
        assertEquals(withHeld, sorted(blocked), "the group with the handler that blocks");
        assertEquals(withBoth, sorted(otherGroup), "the other group");
        hold.release();
        kit.fence(publisher, "held", blocked);
        assertEquals(withBoth, sorted(blocked), "the group after the handler has ended");
    }

    @Test
    @Rule("SUB-5")
    @DisplayName("what a handler does to the bytes of its event is not seen by other handlers and further attempts")
    final void scribbledBytes(Kit kit) {
        String topic = kit.name("topic");
        Collected<String> seen = new Collected<>();
        EventHandler<RawEvent> scribbler = event -> {
            seen.add(content(event));
            Arrays.fill(event.payload().body(), (byte) '#');
            tryToChange(event.headers());
            if (event.attempt() == 1) {
                throw new IllegalStateException("told to fail");
            }
        };
        BusUnderTest member = kit.member(topic, kit.name("group"));
        member.bus().subscribe(Binding.raw(Binding.fanout()), scribbler);
        member.bus().subscribe(Binding.raw(Binding.fanout()), scribbler);
        member.start();
        BusUnderTest other = kit.member(topic, kit.name("group"));
        other.bus().subscribe(Binding.raw(Binding.fanout()), scribbler);
        other.start();
        byte[] body = "original".getBytes(StandardCharsets.UTF_8);
        Event<RawEvent> event = Event.of(RawWitness.blob(body)).withHeader("header", "value");
        kit.publisher(topic).bus().publish(List.of(event, event.withId("another")));
        assertEquals(
                Collections.nCopies(12, "original {header=value}"),
                kit.await().count("two attempts of three handlers at two events", seen, 12));
    }

    private static String content(Event<RawEvent> event) {
        return new String(event.payload().body(), StandardCharsets.UTF_8) + " " + event.headers();
    }

    /** Headers that refuse to be changed are as good as headers of one's own. */
    private static void tryToChange(Map<String, String> headers) {
        try {
            headers.put("header", "changed");
        } catch (UnsupportedOperationException e) {
            return;
        }
    }

    @SuppressWarnings("EffectivelyPrivate") // the codec needs the field to be public
    private static final class Mutable {
        public List<String> texts = new ArrayList<>();
    }

    @Test
    @Rule("SUB-5")
    @DisplayName("what a handler does to its payload object is not seen by other handlers and further attempts")
    final void changedObject(Kit kit) {
        String topic = kit.name("topic");
        Collected<List<String>> seen = new Collected<>();
        EventHandler<Mutable> scribbler = event -> {
            seen.add(List.copyOf(event.payload().texts));
            event.payload().texts.add("changed");
            if (event.attempt() == 1) {
                throw new IllegalStateException("told to fail");
            }
        };
        EventDefinition<Mutable> definition = EventDefinition.of(Mutable.class, "Thing", "Mutable");
        BusUnderTest member =
                kit.bus(topic, builder -> builder.group(kit.name("group")).events(definition));
        member.bus().subscribe(Mutable.class, scribbler);
        member.bus().subscribe(Mutable.class, scribbler);
        member.start();
        Mutable payload = new Mutable();
        payload.texts.add("original");
        member.bus().publish(List.of(payload, payload));
        assertEquals(
                Collections.nCopies(8, List.of("original")),
                kit.await().count("two attempts of two handlers at two events", seen, 8));
    }

    @Test
    @Rule("SUB-5")
    @DisplayName("bytes that the codec of one group overwrites are whole in another group")
    final void overwrittenBytes(Kit kit) {
        String topic = kit.name("topic");
        String group = kit.name("group");
        kit.member(topic, group, new Witness()).close();
        Witness spoiling = new Witness();
        kit.member(topic, kit.name("group"), spoiling, builder -> builder.codec(new Spoiling()));
        BusUnderTest publisher = kit.publisher(topic);
        publisher.bus().publish(List.of(Sample.placed("k", 1), Sample.placed("k", 2)));
        kit.fence(publisher, "k", spoiling);
        Witness later = new Witness();
        BusUnderTest member = kit.member(topic, group, later);
        kit.fence(publisher, "k", later);
        assertEquals(List.of(1, 2), later.numbers());
        assertEquals(0, member.bus().deadLetters().count(), "dead letters");
    }

    /** JSON, but leaves nothing of the bytes that it has decoded, which a codec should not do. */
    private static final class Spoiling implements EventCodec {

        private final JsonCodec json = new JsonCodec();

        @Override
        public String contentType() {
            return json.contentType();
        }

        @Override
        public byte[] encode(Object payload) throws IOException {
            return json.encode(payload);
        }

        @Override
        public <T> T decode(byte[] bytes, Class<T> payloadType) throws IOException {
            T payload = json.decode(bytes, payloadType);
            Arrays.fill(bytes, (byte) '#');
            return payload;
        }
    }
}
