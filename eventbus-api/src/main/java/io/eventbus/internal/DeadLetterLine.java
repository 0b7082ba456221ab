package io.eventbus.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.eventbus.spi.Message;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A message as a line of JSON and back, every field equal and the payload byte for byte. */
final class DeadLetterLine {
    private static final String ID = "id";
    private static final String AGGREGATE_TYPE = "aggregateType";
    private static final String TYPE = "type";
    private static final String KEY = "key";
    private static final String ROUTING_KEY = "routingKey";
    private static final String CONTENT_TYPE = "contentType";
    private static final String ATTRIBUTES = "attributes";
    private static final String HEADERS = "headers";
    /** The payload, if it is UTF-8 text. */
    private static final String BODY = "body";
    /** The payload, if it is not. */
    private static final String BODY_BASE64 = "bodyBase64";

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, Map<String, String>> maps = new HashMap<>();

    private DeadLetterLine() {}

    /** The line, without its end. */
    static String format(Message message) {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField(ID, message.id());
            json.writeStringField(AGGREGATE_TYPE, message.aggregateType());
            json.writeStringField(TYPE, message.type());
            if (message.key() != null) {
                json.writeStringField(KEY, message.key());
            }
            json.writeStringField(ROUTING_KEY, message.routingKey());
            json.writeStringField(CONTENT_TYPE, message.contentType());
            write(json, ATTRIBUTES, message.attributes());
            write(json, HEADERS, message.headers());
            write(json, message.body());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to a string", e);
        }
        return line.toString();
    }

    /** The message; throws what is wrong with the line. */
    static Message parse(String line) throws IOException {
        try (JsonParser json = JSON.createParser(line)) {
            require(json.nextToken() == JsonToken.START_OBJECT, "it is no JSON object");
            DeadLetterLine fields = new DeadLetterLine();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                fields.read(json, json.currentName());
            }
            require(json.nextToken() == null, "something follows the object");
            return fields.toMessage();
        } catch (JsonEOFException e) { // its own message tells where the parser has the text from
            throw new IOException(
                    "it ends too early, at column " + e.getLocation().getColumnNr(), e);
        } catch (StreamConstraintsException e) { // which has no location
            throw new IOException(e.getOriginalMessage(), e);
        } catch (JsonProcessingException e) {
            throw new IOException(
                    e.getOriginalMessage() + ", at column " + e.getLocation().getColumnNr(), e);
        }
    }

    private static void write(JsonGenerator json, String field, Map<String, String> map) throws IOException {
        json.writeObjectFieldStart(field);
        for (Map.Entry<String, String> entry : new TreeMap<>(map).entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, byte[] body) throws IOException {
        try {
            json.writeStringField(
                    BODY,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(body))
                            .toString());
        } catch (CharacterCodingException e) {
            json.writeStringField(BODY_BASE64, Base64.getEncoder().encodeToString(body));
        }
    }

    private void read(JsonParser json, String field) throws IOException {
        json.nextToken();
        switch (field) {
            case ID, AGGREGATE_TYPE, TYPE, KEY, ROUTING_KEY, CONTENT_TYPE, BODY, BODY_BASE64 ->
                texts.put(field, text(json, field));
            case ATTRIBUTES, HEADERS -> maps.put(field, map(json, field));
            default -> throw new IOException("it has an unknown field " + field);
        }
    }

    private static String text(JsonParser json, String field) throws IOException {
        require(json.currentToken() == JsonToken.VALUE_STRING, field + " is no string");
        return json.getText();
    }

    private static Map<String, String> map(JsonParser json, String field) throws IOException {
        require(json.currentToken() == JsonToken.START_OBJECT, field + " is no object");
        Map<String, String> map = new HashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            map.put(name, text(json, field + "." + name));
        }
        return map;
    }

    private Message toMessage() throws IOException {
        String aggregateType = texts.getOrDefault(AGGREGATE_TYPE, "");
        String type = texts.getOrDefault(TYPE, "");
        return new Message(
                texts.getOrDefault(ID, ""),
                aggregateType,
                type,
                texts.get(KEY),
                texts.getOrDefault(ROUTING_KEY, Message.typeKey(aggregateType, type)),
                texts.getOrDefault(CONTENT_TYPE, ""),
                maps.getOrDefault(ATTRIBUTES, Map.of()),
                maps.getOrDefault(HEADERS, Map.of()),
                body(texts.get(BODY), texts.get(BODY_BASE64)));
    }

    private static byte[] body(@Nullable String text, @Nullable String base64) throws IOException {
        require((text == null) != (base64 == null), "it needs either " + BODY + " or " + BODY_BASE64);
        try {
            return text == null ? Base64.getDecoder().decode(base64) : text.getBytes(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IOException(BODY_BASE64 + " is not Base64: " + e.getMessage(), e);
        }
    }

    private static void require(boolean good, String problem) throws IOException {
        if (!good) {
            throw new IOException(problem);
        }
    }
}
