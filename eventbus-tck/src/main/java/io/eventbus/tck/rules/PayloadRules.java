package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.eventbus.Event;
import io.eventbus.EventCodec;
import io.eventbus.EventDefinition;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Collected;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** REG-1: payloads, byte for byte. */
@Conformance
public class PayloadRules {

    private static final int MEBIBYTE = 1 << 20;
    private static final long SEED = 20_240_229;

    /** Run by JUnit. */
    public PayloadRules() {}

    @Test
    @Rule("REG-1")
    @DisplayName("payloads of any bytes reach the handlers of every group unchanged")
    final void anyBytes(Kit kit) {
        String topic = kit.name("topic");
        List<RawWitness> witnesses = List.of(RawWitness.on(kit, topic), RawWitness.on(kit, topic));
        BusUnderTest publisher = kit.publisher(topic);
        List<byte[]> payloads = payloads(Math.min(MEBIBYTE, publisher.limits().maxPayload()));
        payloads.forEach(payload -> publisher.bus().publish(RawWitness.blob(payload)));
        List<String> expected = payloads.stream().map(RawWitness::digest).toList();
        for (RawWitness witness : witnesses) {
            kit.await().count("the payloads", witness.seen(), payloads.size());
            assertEquals(expected, witness.digests(), "payloads (random ones with seed " + SEED + ")");
        }
    }

    private static List<byte[]> payloads(int large) {
        return List.of(
                new byte[0],
                new byte[1],
                everyByte(),
                bytes(0xFF, 0xFE, 0xFD), // in no UTF-8 text
                bytes(0xC3, 0x28), // the first of two bytes, without the second
                bytes(0xED, 0xA0, 0x80), // half of a surrogate pair
                bytes(0xEF, 0xBB, 0xBF, 'a'), // a byte order mark
                bytes('a', 0, 'b', '\r', '\n'),
                "null".getBytes(StandardCharsets.UTF_8),
                "é€😀".getBytes(StandardCharsets.UTF_8),
                random(large));
    }

    @Test
    @Rule("REG-1")
    @DisplayName("an empty payload arrives and is empty")
    final void emptyPayload(Kit kit) {
        String topic = kit.name("topic");
        RawWitness witness = RawWitness.on(kit, topic);
        BusUnderTest publisher = kit.publisher(topic);
        Stream.of(0, 0, 1).forEach(size -> publisher.bus().publish(RawWitness.blob(new byte[size])));
        kit.await().count("the payloads", witness.seen(), 3);
        assertEquals(
                List.of(0, 0, 1),
                witness.seen().snapshot().stream()
                        .map(event -> event.payload().body().length)
                        .toList(),
                "sizes");
    }

    @Test
    @Rule("REG-1")
    @DisplayName("a payload of exactly the declared limit arrives unchanged")
    final void largestPayload(Kit kit) {
        String topic = kit.name("topic");
        RawWitness witness = RawWitness.on(kit, topic);
        BusUnderTest publisher = kit.publisher(topic);
        byte[] largest = random(publisher.limits().maxPayload());
        byte[] small = bytes(1, 2, 3);
        publisher.bus().publish(RawWitness.blob(largest));
        publisher.bus().publish(RawWitness.blob(small));
        kit.await().count("the payloads", witness.seen(), 2);
        assertEquals(
                List.of(RawWitness.digest(largest), RawWitness.digest(small)),
                witness.digests(),
                "payloads (random with seed " + SEED + ")");
    }

    @Test
    @Rule("REG-1")
    @DisplayName("a codec is given the bytes that the publisher's codec made")
    final void codec(Kit kit) {
        String topic = kit.name("topic");
        EventDefinition<Blob> definition =
                EventDefinition.of(Blob.class, "Blob", "Packed").keyedBy(blob -> "k");
        Collected<String> seen = new Collected<>();
        BusUnderTest bus = kit.bus(
                topic,
                builder -> builder.group(kit.name("group")).events(definition).codec(new BlobCodec()));
        bus.bus()
                .subscribe(
                        Blob.class,
                        event -> seen.add(RawWitness.digest(event.payload().bytes())));
        bus.start();
        List<byte[]> payloads = List.of(new byte[0], everyByte(), bytes(0xC3, 0x28));
        payloads.forEach(payload -> bus.bus().publish(Event.of(new Blob(payload))));
        kit.await().count("the payloads", seen, payloads.size());
        assertEquals(payloads.stream().map(RawWitness::digest).toList(), seen.snapshot(), "payloads");
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Blob(byte[] bytes) {}

    /** Knows one class, whose bytes it leaves as they are. */
    private static final class BlobCodec implements EventCodec {

        @Override
        public String contentType() {
            return "application/octet-stream";
        }

        @Override
        public byte[] encode(Object payload) {
            return ((Blob) payload).bytes().clone();
        }

        @Override
        public <T> T decode(byte[] bytes, Class<T> payloadType) {
            return payloadType.cast(new Blob(bytes.clone()));
        }
    }

    private static byte[] everyByte() {
        return bytes(IntStream.rangeClosed(0, 0xFF).toArray());
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(SEED).nextBytes(bytes);
        return bytes;
    }
}
