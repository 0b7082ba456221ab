package io.eventbus.tck.broken;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventbus.spi.Message;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** What becomes of a message on its way. Unbroken, nothing. Used by one sender. */
final class Carriage {

    private static final int BUFFER = 64 << 10;
    private static final int REUSED = 50;

    private final TransportMutant mutant;
    private byte[] lastBody = new byte[0];
    private int carried;

    Carriage(TransportMutant mutant) {
        this.mutant = mutant;
    }

    Message carry(Message message) {
        return switch (mutant) {
            case STRING_PAYLOAD -> withBody(message, new String(message.body(), UTF_8).getBytes(UTF_8));
            case TRUNCATES_BIG_PAYLOAD ->
                withBody(message, Arrays.copyOf(message.body(), Math.min(message.body().length, BUFFER)));
            case MIXES_CONTENT -> withBodyOfPrevious(message);
            case DROP_HEADERS -> withoutHeaders(message);
            case LOWER_CASE_HEADERS -> withLowerCaseHeaders(message);
            case TRIMS_HEADERS -> withTrimmedHeaders(message);
            case LOSES_MILLIS -> withWholeSeconds(message);
            case LOSES_CAUSATION -> without(message, "causationid");
            case LOSES_VERSION -> without(message, "schemaversion");
            case OWN_IDS -> message.withId(UUID.randomUUID().toString());
            case SIMPLE_NAMES ->
                withTypeOf(message, message.type().substring(message.type().lastIndexOf('.') + 1));
            default -> copy(message);
        };
    }

    static Message copy(Message message) {
        return withBody(message, message.body().clone());
    }

    static Message withoutHeaders(Message message) {
        return with(message, message.attributes(), Map.of(), message.body());
    }

    static Message withoutKey(Message message) {
        return new Message(
                message.id(),
                message.aggregateType(),
                message.type(),
                null,
                message.routingKey(),
                message.contentType(),
                message.attributes(),
                message.headers(),
                message.body());
    }

    private Message withBodyOfPrevious(Message message) {
        carried++;
        Message mixed = carried % REUSED == 0 ? withBody(message, lastBody) : copy(message);
        lastBody = message.body();
        return mixed;
    }

    private static Message withLowerCaseHeaders(Message message) {
        Map<String, String> headers = new HashMap<>();
        message.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        return with(message, message.attributes(), headers, message.body());
    }

    private static Message withTrimmedHeaders(Message message) {
        Map<String, String> headers = message.headers().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().trim()));
        return with(message, message.attributes(), headers, message.body());
    }

    private static Message withWholeSeconds(Message message) {
        Instant time = Instant.parse(message.attributes().get("time"));
        return message.plus(Map.of("time", time.truncatedTo(ChronoUnit.SECONDS).toString()));
    }

    private static Message without(Message message, String attribute) {
        Map<String, String> attributes = new HashMap<>(message.attributes());
        attributes.remove(attribute);
        return message.withAttributes(attributes);
    }

    private static Message withTypeOf(Message message, String type) {
        return new Message(
                message.id(),
                "",
                type,
                message.key(),
                message.routingKey(),
                message.contentType(),
                message.attributes(),
                message.headers(),
                message.body());
    }

    private static Message withBody(Message message, byte[] body) {
        return with(message, message.attributes(), message.headers(), body);
    }

    private static Message with(
            Message message, Map<String, String> attributes, Map<String, String> headers, byte[] body) {
        return new Message(
                message.id(),
                message.aggregateType(),
                message.type(),
                message.key(),
                message.routingKey(),
                message.contentType(),
                attributes,
                headers,
                body);
    }
}
