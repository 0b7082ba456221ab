package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.eventbus.DeadLetter;
import io.eventbus.DeadLetterReason;
import io.eventbus.Event;
import io.eventbus.RawEvent;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Collected;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Inconclusive;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** SEC: nothing on the wire chooses a class. */
@Conformance
public class SecurityRules {

    private static final String INITIALISED = "io.eventbus.tck.initialised.";
    private static final String JAVA_SERIALIZED = "application/x-java-serialized-object";

    /** Run by JUnit. */
    public SecurityRules() {}

    @Test
    @Rule("SEC-4")
    @DisplayName("a type named like a class leads to a dead letter of unknown type, and the class is not initialised")
    final void typeNamedLikeClass(Kit kit) {
        String gadget = Named.class.getName();
        List<DeadLetter> letters = deadLettersOf(
                kit,
                Event.of(new RawEvent("", gadget, "key", "application/json", json("{}"))),
                Event.of(new RawEvent(gadget, gadget, "key", JAVA_SERIALIZED, serialised(gadget))),
                Event.of(new RawEvent("Order", gadget, "key", "", serialised(gadget))));
        letters.forEach(letter -> assertEquals(DeadLetterReason.UNKNOWN_TYPE, letter.reason()));
        assertUntouched(gadget);
    }

    @Test
    @Rule("SEC-4")
    @DisplayName("a payload of serialised Java objects is undecodable, and their class is not initialised")
    final void serialisedPayload(Kit kit) {
        String gadget = Serialised.class.getName();
        List<DeadLetter> letters = deadLettersOf(
                kit,
                Event.of(new RawEvent("Order", "Placed", "key", JAVA_SERIALIZED, serialised(gadget))),
                Event.of(new RawEvent("Order", "Placed", "key", "application/json", serialised(gadget))));
        letters.forEach(letter -> assertEquals(DeadLetterReason.UNDECODABLE, letter.reason()));
        assertUntouched(gadget);
    }

    @Test
    @Rule("SEC-4")
    @DisplayName(
            "a class that a payload or a header names is not initialised, and the event is what it is registered as")
    final void namedInContent(Kit kit) {
        String gadget = Hinted.class.getName();
        String topic = kit.name("topic");
        Collected<Object> handled = new Collected<>();
        BusUnderTest bus = kit.member(topic, kit.name("group"));
        bus.bus().subscribe(Sample.Placed.class, event -> handled.add(event.payload()));
        bus.start();
        String body = "{\"@class\":\"" + gadget + "\",\"@type\":\"" + gadget + "\",\"class\":\"" + gadget
                + "\",\"order\":\"key\",\"number\":1,\"text\":\"\"}";
        Event<RawEvent> event = Event.of(new RawEvent("Order", "Placed", "key", "application/json", json(body)));
        for (String header : List.of("__TypeId__", "type", "class", "java-class", "contentType", "x-java-type")) {
            event = event.withHeader(header, gadget);
        }
        bus.bus().publish(event);
        bus.bus().publish(Sample.placed("key", 2));
        kit.await().count("the event and the next", handled, 2);
        assertEquals(List.of(Sample.placed("key", 1), Sample.placed("key", 2)), handled.snapshot());
        assertUntouched(gadget);
    }

    /** Publishes events and a fence behind them, to a bus that handles everything and knows the fence only. */
    @SafeVarargs
    private static List<DeadLetter> deadLettersOf(Kit kit, Event<RawEvent>... events) {
        String topic = kit.name("topic");
        Collected<Object> handled = new Collected<>();
        BusUnderTest bus = kit.member(topic, kit.name("group"));
        bus.bus().subscribeToAllEvents(event -> handled.add(event.payload()));
        bus.start();
        for (Event<RawEvent> event : events) {
            bus.bus().publish(event);
        }
        Sample.Placed fence = Sample.placed("key", 1);
        bus.bus().publish(fence);
        assertEquals(List.of(fence), kit.await().count("the fence", handled, 1));
        List<DeadLetter> letters = bus.bus().deadLetters().list(10);
        assertEquals(events.length, letters.size(), letters::toString);
        return letters;
    }

    private static void assertUntouched(String gadget) {
        deserialise(serialised(Control.class.getName()));
        Inconclusive.unless(isInitialised(Control.class.getName()), "a class that tells when it is deserialised");
        assertFalse(isInitialised(gadget), () -> gadget + " was initialised");
    }

    /** Asked without a constant of the class, which would initialise it. */
    private static boolean isInitialised(String gadget) {
        return System.getProperty(INITIALISED + gadget) != null;
    }

    private static void deserialise(byte[] bytes) {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            in.readObject();
        } catch (IOException | ClassNotFoundException e) {
            throw new Inconclusive("bytes that can be deserialised", e);
        }
    }

    private static byte[] json(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * What an instance of a class looks like when it is serialised. Since making one would initialise the class, one of another
     * class is serialised and the name, with its length before it, replaced.
     */
    private static byte[] serialised(String className) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(new Model());
            }
            String text = bytes.toString(StandardCharsets.ISO_8859_1);
            String model = Model.class.getName();
            return text.replace((char) model.length() + model, (char) className.length() + className)
                    .getBytes(StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void tell(String what) {
        System.setProperty(INITIALISED + what, "true");
    }

    /** Serialised in place of the others. */
    private static final class Model implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /** Initialised on purpose. */
    private static final class Control implements Serializable {
        private static final long serialVersionUID = 1L;

        static {
            tell(Control.class.getName());
        }
    }

    /** What a type is named like. */
    private static final class Named implements Serializable {
        private static final long serialVersionUID = 1L;

        static {
            tell(Named.class.getName());
        }
    }

    /** What a payload is an instance of. */
    private static final class Serialised implements Serializable {
        private static final long serialVersionUID = 1L;

        static {
            tell(Serialised.class.getName());
        }
    }

    /** What a payload or a header names. */
    private static final class Hinted implements Serializable {
        private static final long serialVersionUID = 1L;

        static {
            tell(Hinted.class.getName());
        }
    }
}
