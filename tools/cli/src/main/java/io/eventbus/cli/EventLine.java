package io.eventbus.cli;

import static io.eventbus.cli.EventFields.AGGREGATE_TYPE;
import static io.eventbus.cli.EventFields.AGGREGATE_VERSION;
import static io.eventbus.cli.EventFields.BYTES;
import static io.eventbus.cli.EventFields.CAUSATION_ID;
import static io.eventbus.cli.EventFields.CONTENT_TYPE;
import static io.eventbus.cli.EventFields.CORRELATION_ID;
import static io.eventbus.cli.EventFields.DATA;
import static io.eventbus.cli.EventFields.DATA_BASE64;
import static io.eventbus.cli.EventFields.HEADERS;
import static io.eventbus.cli.EventFields.ID;
import static io.eventbus.cli.EventFields.JSON;
import static io.eventbus.cli.EventFields.KEY;
import static io.eventbus.cli.EventFields.ROUTING_KEY;
import static io.eventbus.cli.EventFields.SCHEMA_VERSION;
import static io.eventbus.cli.EventFields.TIME;
import static io.eventbus.cli.EventFields.TYPE;

import io.eventbus.Event;
import io.eventbus.EventMetadata;
import io.eventbus.RawEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The fields of one line, as they are read. */
final class EventLine {
    private final Set<String> seen = new HashSet<>();
    private @Nullable String id;
    private @Nullable Instant time;
    private @Nullable String aggregateType;
    private @Nullable String type;
    private @Nullable String key;
    private @Nullable String routingKey;
    private @Nullable String correlationId;
    private @Nullable String causationId;
    private @Nullable String contentType;
    private @Nullable String data;
    private byte @Nullable [] bytes;
    private long aggregateVersion;
    private int schemaVersion;
    private Map<String, String> headers = Map.of();

    void set(String name, JsonValue value) throws IOException, BadLineException {
        if (!seen.add(name)) {
            throw new BadLineException(name + " is there twice");
        }
        if (name.equals(DATA)) {
            data = value.source();
        } else if (!value.isNull()) {
            setOther(name, value);
        }
    }

    private void setOther(String name, JsonValue value) throws IOException, BadLineException {
        switch (name) {
            case ID -> id = value.string();
            case TIME -> time = value.time();
            case AGGREGATE_TYPE -> aggregateType = value.string();
            case TYPE -> type = value.string();
            case KEY -> key = value.string();
            case ROUTING_KEY -> routingKey = value.string();
            case CORRELATION_ID -> correlationId = value.string();
            case CAUSATION_ID -> causationId = value.string();
            case AGGREGATE_VERSION -> aggregateVersion = value.positive(Long.MAX_VALUE);
            case SCHEMA_VERSION -> schemaVersion = (int) value.positive(Integer.MAX_VALUE);
            case HEADERS -> headers = value.strings();
            case CONTENT_TYPE -> contentType = value.string();
            case DATA_BASE64 -> bytes = value.base64();
            default -> throw new BadLineException("unknown field " + name);
        }
    }

    Event<RawEvent> toEvent() throws BadLineException {
        RawEvent payload =
                new RawEvent(required(AGGREGATE_TYPE, aggregateType), required(TYPE, type), key, contentType(), body());
        return new Event<>(
                payload,
                new EventMetadata(
                        id == null ? UUID.randomUUID().toString() : id,
                        "",
                        "",
                        null,
                        routingKey,
                        schemaVersion,
                        aggregateVersion,
                        time == null ? Instant.now() : time,
                        null,
                        correlationId,
                        causationId,
                        headers,
                        0));
    }

    private byte[] body() throws BadLineException {
        if (data != null && bytes != null) {
            throw new BadLineException("both " + DATA + " and " + DATA_BASE64 + " are there");
        }
        return bytes == null ? required(DATA, data).getBytes(StandardCharsets.UTF_8) : bytes;
    }

    private String contentType() {
        if (contentType != null) {
            return contentType;
        }
        return bytes == null ? JSON : BYTES;
    }

    private static String required(String name, @Nullable String value) throws BadLineException {
        if (value == null) {
            throw new BadLineException(name + " is missing");
        }
        return value;
    }
}
