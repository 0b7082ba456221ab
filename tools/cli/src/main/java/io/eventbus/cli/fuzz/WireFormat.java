package io.eventbus.cli.fuzz;

import com.rabbitmq.client.LongString;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a broker's messages mean to the bus, as SPEC.md and docs/interoperability.md say it. Nothing here is the bus's own
 * code: that has to be found wrong if it reads them in another way.
 */
@SuppressWarnings("ImmutableEnumChecker") // its lists and sets are unmodifiable
enum WireFormat {
    RABBITMQ(
            List.of("cloudEvents:", "cloudEvents_"),
            Set.of(
                    "CC",
                    "BCC",
                    "timestamp_in_ms",
                    "x-acquired-count",
                    "x-death",
                    "x-delay",
                    "x-delivery-count",
                    "x-eb-send-number",
                    "x-first-death-exchange",
                    "x-first-death-queue",
                    "x-first-death-reason",
                    "x-last-death-exchange",
                    "x-last-death-queue",
                    "x-last-death-reason",
                    "x-opt-deaths",
                    "x-received-from",
                    "x-routed-by",
                    "x-routed-to",
                    "x-stream-filter-value",
                    "x-stream-offset")),
    REDIS(List.of("ce_"), Set.of("data")),
    KAFKA(List.of("ce_"), Set.of());

    private static final String CONTENT_TYPE = "content-type";
    private static final String ESCAPED = "eb-h-";
    private static final String OWN = "eb-";

    /** Those of attributes; the first is what is sent. */
    private final List<String> prefixes;

    /** Headers that are the broker's, and not shown. */
    private final Set<String> brokers;

    WireFormat(List<String> prefixes, Set<String> brokers) {
        this.prefixes = prefixes;
        this.brokers = brokers;
    }

    /** How an attribute's header is named. */
    String header(String attribute) {
        return prefixes.get(0) + attribute;
    }

    /** {@return what the dead letters have to show of a message} */
    Expectation expect(Malformed one) {
        Map<String, String> headers = new LinkedHashMap<>(); // of several with one name the last counts
        one.attributes().forEach((name, value) -> headers.put(header(name), text(value)));
        one.headers().forEach(header -> headers.put(header.name(), value(header.value())));
        Map<String, String> texts =
                new HashMap<>(Map.of("aggregateType", "", "type", "", "contentType", contentType(one)));
        headers.forEach((name, value) -> place(name).ifPresent(place -> texts.put(place, value)));
        texts.remove("attributes.specversion", "1.0"); // which all have, and is not shown
        addRoutingKey(texts);
        return new Expectation(texts, takeOpen(texts));
    }

    /** What the message has not, and has to have: then the bus or the broker makes it up. */
    private Set<String> takeOpen(Map<String, String> texts) {
        Set<String> open = new HashSet<>();
        texts.remove("id", "");
        if (!texts.containsKey("id")) {
            open.add("id");
        }
        if (this == KAFKA && !texts.containsKey(Shown.ATTRIBUTES + "time")) {
            open.add(Shown.ATTRIBUTES + "time"); // the record's
        }
        return open;
    }

    /** On RabbitMQ it is what the client sends with, which is empty; elsewhere a header, or made from the type. */
    private void addRoutingKey(Map<String, String> texts) {
        String aggregateType = texts.getOrDefault("aggregateType", "");
        String type = texts.getOrDefault("type", "");
        if (this == RABBITMQ) {
            texts.put("routingKey", "");
        } else {
            texts.putIfAbsent("routingKey", aggregateType.isEmpty() ? type : aggregateType + "." + type);
        }
    }

    private String contentType(Malformed one) {
        return this == RABBITMQ ? AmqpClient.contentType(one).orElse("") : "";
    }

    private String value(byte[] bytes) {
        return this == RABBITMQ ? amqpText(AmqpClient.anything(bytes)) : text(bytes);
    }

    /** Where a header is shown, by its name in {@link Shown}; empty if it is not. */
    private Optional<String> place(String name) {
        if (name.equals(CONTENT_TYPE) && this != RABBITMQ) {
            return Optional.of("contentType");
        } else if (brokers.contains(name) || name.startsWith(Shown.DIAGNOSIS)) {
            return Optional.empty();
        } else if (name.startsWith(ESCAPED)) {
            return Optional.of(Shown.HEADERS + name.substring(ESCAPED.length()));
        } else if (name.startsWith(OWN)) {
            return Optional.of(name.equals("eb-routing-key") ? "routingKey" : Shown.ATTRIBUTES + name);
        }
        return prefixes.stream()
                .filter(name::startsWith)
                .map(prefix -> name.substring(prefix.length()))
                .filter(attribute -> !attribute.startsWith(OWN)) // the bus's own have no prefix
                .findFirst()
                .map(WireFormat::attributePlace)
                .or(() -> Optional.of(Shown.HEADERS + name));
    }

    private static String attributePlace(String attribute) {
        return switch (attribute) {
            case "id", "type" -> attribute;
            case "aggregatetype" -> "aggregateType";
            case "partitionkey" -> "key";
            default -> Shown.ATTRIBUTES + attribute;
        };
    }

    /** What is not text has U+FFFD in its place. */
    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** A value of any type that AMQP has, within lists and tables too. */
    private static String amqpText(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return text(bytes);
        } else if (value instanceof LongString text) {
            return text(text.getBytes());
        } else if (value instanceof List<?> list) {
            return list.stream().map(WireFormat::amqpText).collect(Collectors.joining(", ", "[", "]"));
        } else if (value instanceof Map<?, ?> table) {
            return table.entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + amqpText(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return value == null ? "" : value.toString();
    }
}
