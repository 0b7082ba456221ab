package io.eventbus.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.eventbus.Event;
import io.eventbus.EventMetadata;
import io.eventbus.RawEvent;
import io.eventbus.spi.Message;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes an event as its line, from which {@link EventParser} reads an equal one. */
final class EventFormatter {
    private static final JsonFactory JSON = new JsonFactory();

    private EventFormatter() {}

    /**
     * Writes an event.
     *
     * @param event as it was delivered
     * @return one line of JSON, without its end
     */
    static String format(Event<RawEvent> event) {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            writeMetadata(json, event.metadata());
            writePayload(json, event.payload());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to a string", e);
        }
        return line.toString();
    }

    private static void writeMetadata(JsonGenerator json, EventMetadata event) throws IOException {
        json.writeStringField(EventFields.ID, event.id());
        json.writeStringField(EventFields.TIME, event.occurredAt().toString());
        json.writeStringField(EventFields.AGGREGATE_TYPE, event.aggregateType());
        json.writeStringField(EventFields.TYPE, event.type());
        writeIfThere(json, EventFields.KEY, event.key());
        if (!Message.typeKey(event.aggregateType(), event.type()).equals(event.routingKey())) {
            writeIfThere(json, EventFields.ROUTING_KEY, event.routingKey());
        }
        writeIfThere(json, EventFields.CORRELATION_ID, event.correlationId());
        writeIfThere(json, EventFields.CAUSATION_ID, event.causationId());
        if (event.aggregateVersion() > 0) {
            json.writeNumberField(EventFields.AGGREGATE_VERSION, event.aggregateVersion());
        }
        if (event.schemaVersion() > 1) {
            json.writeNumberField(EventFields.SCHEMA_VERSION, event.schemaVersion());
        }
        writeHeaders(json, event);
    }

    private static void writeHeaders(JsonGenerator json, EventMetadata event) throws IOException {
        json.writeObjectFieldStart(EventFields.HEADERS);
        for (var header : new TreeMap<>(event.headers()).entrySet()) {
            json.writeStringField(header.getKey(), header.getValue());
        }
        json.writeEndObject();
    }

    private static void writePayload(JsonGenerator json, RawEvent event) throws IOException {
        Optional<String> data = isJson(event.contentType()) ? json(event.body()) : Optional.empty();
        String usual = data.isPresent() ? EventFields.JSON : EventFields.BYTES;
        if (!event.contentType().equals(usual)) {
            json.writeStringField(EventFields.CONTENT_TYPE, event.contentType());
        }
        if (data.isPresent()) {
            json.writeFieldName(EventFields.DATA);
            json.writeRawValue(data.get());
        } else {
            json.writeBinaryField(EventFields.DATA_BASE64, event.body());
        }
    }

    private static void writeIfThere(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }

    private static boolean isJson(String contentType) {
        String mediaType = contentType.split(";", 2)[0].strip();
        return mediaType.equals(EventFields.JSON) || mediaType.endsWith("+json");
    }

    /** The bytes as one line of JSON; empty if they are none. */
    private static Optional<String> json(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return isOneValue(text) ? Optional.of(onOneLine(text)) : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static boolean isOneValue(String text) {
        try (JsonParser json = JSON.createParser(text)) {
            if (json.nextToken() == null) {
                return false;
            }
            json.skipChildren();
            json.finishToken();
            return json.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }

    /** In JSON, ends of lines can only stand between tokens. */
    private static String onOneLine(String json) {
        return json.replace('\n', ' ').replace('\r', ' ').strip();
    }
}
