package io.eventbus.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Envelope;
import io.eventbus.spi.Message;
import io.eventbus.spi.WireHeaders;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Messages as RabbitMQ carries them: CloudEvents attributes in the headers, the usual ones in native properties too. */
final class RabbitWire {

    private static final int PERSISTENT = 2;
    private static final String TIME = "time";
    private static final String BLIND_COPY = "BCC";

    /** The number of a send that the broker may give back; it stays in the message and means nothing to its reader. */
    private static final String SEND_NUMBER = "x-eb-send-number";

    private static final String DELIVERY_COUNT = "x-delivery-count";

    /** What the broker adds or obeys; in another case it means nothing to it. */
    private static final Set<String> BROKERS = Set.of(
            SEND_NUMBER,
            DELIVERY_COUNT,
            "CC",
            BLIND_COPY,
            "x-death",
            "x-first-death-exchange",
            "x-first-death-queue",
            "x-first-death-reason",
            "x-last-death-exchange",
            "x-last-death-queue",
            "x-last-death-reason",
            "x-opt-deaths",
            "x-acquired-count",
            "x-received-from",
            "x-routed-by",
            "x-routed-to",
            "x-stream-offset",
            "x-stream-filter-value",
            "x-delay",
            "timestamp_in_ms");

    private static final WireHeaders HEADERS =
            new WireHeaders("cloudEvents:", List.of("cloudEvents_"), BROKERS::contains);

    private RabbitWire() {}

    /** A message for a topic: queues select it by its routing key or by its type key. */
    static BasicProperties toTopic(Message message) {
        Map<String, Object> headers = headers(message);
        if (!message.routingKey().equals(message.typeKey())) {
            headers.put(BLIND_COPY, List.of(message.typeKey()));
        }
        return properties(message, headers);
    }

    /** A message for one queue, which the broker gives back with this number if there is no such queue. */
    static BasicProperties toQueue(Message message, long sendNumber) {
        Map<String, Object> headers = headers(message);
        headers.put(SEND_NUMBER, sendNumber);
        return properties(message, headers);
    }

    /** The number that {@link #toQueue} put into a message. */
    static long sendNumber(BasicProperties properties) {
        return number(properties, SEND_NUMBER);
    }

    /**
     * How often the broker has delivered the message; 1 if its queue does not count. On a first delivery the header is none of
     * the broker's, but what the publisher wrote.
     */
    static int deliveryCount(Envelope envelope, BasicProperties properties) {
        if (!envelope.isRedeliver()) {
            return 1;
        }
        return (int) Math.min(number(properties, DELIVERY_COUNT) + 1, Integer.MAX_VALUE);
    }

    /**
     * Reads a message, whoever sent it.
     *
     * @param routedBy the routing key that it was sent to its topic with, or null if it came another way
     */
    static Message read(BasicProperties properties, byte[] body, @Nullable String routedBy) {
        Message message = HEADERS.read(texts(properties), orEmpty(properties.getContentType()), body);
        Map<String, String> attributes = new HashMap<>(message.attributes());
        if (properties.getTimestamp() != null) {
            attributes.putIfAbsent(TIME, properties.getTimestamp().toInstant().toString());
        }
        return new Message(
                message.id().isEmpty() ? orEmpty(properties.getMessageId()) : message.id(),
                message.aggregateType(),
                message.type().isEmpty() ? orEmpty(properties.getType()) : message.type(),
                message.key(),
                routedBy == null ? message.routingKey() : routedBy,
                message.contentType(),
                attributes,
                message.headers(),
                body);
    }

    private static BasicProperties properties(Message message, Map<String, Object> headers) {
        return new BasicProperties.Builder()
                .deliveryMode(PERSISTENT)
                .messageId(shortOrNull(message.id()))
                .type(shortOrNull(message.type()))
                .contentType(message.contentType().isEmpty() ? null : message.contentType())
                .timestamp(timestamp(message.attributes().get(TIME)))
                .headers(headers)
                .build();
    }

    private static Map<String, Object> headers(Message message) {
        return new HashMap<>(HEADERS.write(message));
    }

    /** The properties are for people and foreign readers; what does not fit is in the headers all the same. */
    private static @Nullable String shortOrNull(String text) {
        return text.isEmpty() || !ShortString.fits(text) ? null : text;
    }

    private static @Nullable Date timestamp(@Nullable String time) {
        try {
            return time == null ? null : Date.from(Instant.parse(time));
        } catch (DateTimeException | IllegalArgumentException e) {
            return null;
        }
    }

    private static Map<String, String> texts(BasicProperties properties) {
        Map<String, String> texts = new HashMap<>();
        if (properties.getHeaders() != null) {
            properties.getHeaders().forEach((name, value) -> texts.put(name, text(value)));
        }
        return texts;
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : String.valueOf(readable(value));
    }

    /** What has its value as text, within lists and tables too. */
    private static @Nullable Object readable(@Nullable Object value) {
        if (value instanceof Date date) {
            return date.toInstant();
        } else if (value instanceof byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        } else if (value instanceof List<?> list) {
            return list.stream().map(RabbitWire::readable).toList();
        } else if (value instanceof Map<?, ?> table) {
            Map<String, @Nullable Object> readable = new TreeMap<>();
            table.forEach((name, each) -> readable.put(String.valueOf(name), readable(each)));
            return readable;
        }
        return value;
    }

    private static long number(BasicProperties properties, String header) {
        Map<String, Object> headers = properties.getHeaders();
        return headers != null && headers.get(header) instanceof Number number ? number.longValue() : 0;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
