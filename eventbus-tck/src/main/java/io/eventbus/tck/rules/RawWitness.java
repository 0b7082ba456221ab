package io.eventbus.tck.rules;

import io.eventbus.Binding;
import io.eventbus.Event;
import io.eventbus.EventHandler;
import io.eventbus.RawEvent;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Collected;
import io.eventbus.tck.Kit;
import io.eventbus.tck.history.EventRef;
import java.util.List;

/** Writes down every event of a topic as it came over the wire. Thread-safe. */
final class RawWitness implements EventHandler<RawEvent> {

    static final String AGGREGATE_TYPE = "Blob";
    static final String TYPE = "Stored";
    static final String KEY = "k";

    private final Collected<Event<RawEvent>> seen = new Collected<>();

    /** A witness in a group of its own, ready. */
    static RawWitness on(Kit kit, String topic) {
        RawWitness witness = new RawWitness();
        BusUnderTest bus = kit.member(topic, kit.name("group"));
        bus.bus().subscribe(Binding.raw(Binding.fanout()), witness);
        bus.start();
        return witness;
    }

    /** An event with these bytes. All have one key, so that they come in order. */
    static RawEvent blob(byte[] body) {
        return new RawEvent(AGGREGATE_TYPE, TYPE, KEY, "application/octet-stream", body);
    }

    /** Bytes as they are compared: their number and their hash, which are short enough for a message. */
    static String digest(byte[] body) {
        return body.length + " bytes " + EventRef.of("", "", "", body).contentHash();
    }

    @Override
    public void handle(Event<RawEvent> event) {
        seen.add(event);
    }

    Collected<Event<RawEvent>> seen() {
        return seen;
    }

    List<String> digests() {
        return seen.snapshot().stream()
                .map(event -> digest(event.payload().body()))
                .toList();
    }
}
