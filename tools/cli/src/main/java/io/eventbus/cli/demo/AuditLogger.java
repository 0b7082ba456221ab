package io.eventbus.cli.demo;

import io.eventbus.Event;
import io.eventbus.EventHandler;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what happened to what, and when. Thread-safe. */
final class AuditLogger implements EventHandler<Object> {

    /** One line of the log. */
    record Entry(String eventType, String aggregateId, Instant occurredAt) {}

    private final List<Entry> log = new CopyOnWriteArrayList<>();

    @Override
    public void handle(Event<Object> event) {
        log.add(new Entry(event.type(), String.valueOf(event.key()), event.occurredAt()));
    }

    List<Entry> log() {
        return log;
    }
}
