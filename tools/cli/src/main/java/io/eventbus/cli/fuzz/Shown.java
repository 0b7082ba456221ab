package io.eventbus.cli.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.eventbus.DeadLetter;
import io.eventbus.Event;
import io.eventbus.RawEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the dead letters show of a message.
 *
 * @param body the payload
 * @param texts all else but the diagnosis, by where it stands in an exported line: {@code type}, {@code headers.tenant}
 * @param withAttributes whether all attributes are shown; a letter has no place for some
 */
record Shown(ByteBuffer body, Map<String, String> texts, boolean withAttributes) {
    static final String ATTRIBUTES = "attributes.";
    static final String HEADERS = "headers.";
    static final String DIAGNOSIS = "eb-dl-";

    private static final List<String> FIELDS =
            List.of("id", "aggregateType", "type", "key", "routingKey", "contentType");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** By a letter. */
    static Shown by(DeadLetter letter) {
        Event<RawEvent> event = letter.event();
        Map<String, String> texts = new HashMap<>();
        put(texts, "id", event.id());
        put(texts, "aggregateType", event.aggregateType());
        put(texts, "type", event.type());
        put(texts, "key", event.key());
        put(texts, "routingKey", event.metadata().routingKey());
        put(texts, "contentType", event.payload().contentType());
        event.headers().forEach((name, value) -> texts.put(HEADERS + name, value));
        return new Shown(ByteBuffer.wrap(event.payload().body()), texts, false);
    }

    /** By a line of the export. */
    static Shown by(String line) {
        try {
            JsonNode letter = JSON.readTree(line);
            Map<String, String> texts = new HashMap<>();
            FIELDS.forEach(name -> put(texts, name, letter.path(name).textValue()));
            letter.path("attributes").properties().stream()
                    .filter(attribute -> !attribute.getKey().startsWith(DIAGNOSIS))
                    .forEach(attribute -> put(
                            texts,
                            ATTRIBUTES + attribute.getKey(),
                            attribute.getValue().textValue()));
            letter.path("headers")
                    .properties()
                    .forEach(header -> put(
                            texts, HEADERS + header.getKey(), header.getValue().textValue()));
            return new Shown(body(letter), texts, true);
        } catch (IOException e) {
            throw new UncheckedIOException("an exported line is no JSON: " + line, e);
        }
    }

    private static ByteBuffer body(JsonNode letter) throws IOException {
        byte[] body = letter.has("body")
                ? letter.get("body").textValue().getBytes(StandardCharsets.UTF_8)
                : letter.get("bodyBase64").binaryValue();
        return ByteBuffer.wrap(body);
    }

    private static void put(Map<String, String> texts, String name, @Nullable String value) {
        if (value != null) {
            texts.put(name, value);
        }
    }
}
