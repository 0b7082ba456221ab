package io.eventbus.kafka;

import io.eventbus.spi.Message;
import io.eventbus.spi.WireHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * Messages as records: CloudEvents attributes in the headers, the key as the record's key, so that Kafka's own partitioner
 * keeps the events of a key together. A record's time is when it was sent, not the event's, by which the broker would
 * delete old events at once.
 */
final class KafkaWire {

    private static final String CONTENT_TYPE = "content-type";
    private static final String TIME = "time";
    private static final WireHeaders HEADERS = new WireHeaders("ce_", List.of(), Set.of(CONTENT_TYPE)::contains);

    private KafkaWire() {}

    /** A message as it is sent. */
    static ProducerRecord<byte[], byte[]> write(String topic, @Nullable String key, Message message) {
        ProducerRecord<byte[], byte[]> written =
                new ProducerRecord<>(topic, key == null ? null : bytes(key), message.body());
        HEADERS.write(message).forEach((name, value) -> written.headers().add(name, bytes(value)));
        if (!message.contentType().isEmpty()) {
            written.headers().add(CONTENT_TYPE, bytes(message.contentType()));
        }
        return written;
    }

    /** What marks the letter of this key as removed. */
    static ProducerRecord<byte[], byte[]> tombstone(String topic, String key) {
        return new ProducerRecord<>(topic, bytes(key), null);
    }

    /** Reads a record of a topic, whoever sent it. */
    static Message read(ConsumerRecord<byte[], byte[]> received) {
        return read(received, key(received));
    }

    /** Reads a dead letter, whose record has a key of its own. */
    static Message readDeadLetter(ConsumerRecord<byte[], byte[]> received) {
        return read(received, null);
    }

    private static Message read(ConsumerRecord<byte[], byte[]> received, @Nullable String recordKey) {
        byte[] body = received.value() == null ? new byte[0] : received.value();
        Message message = HEADERS.read(texts(received.headers()), contentType(received.headers()), body);
        Map<String, String> attributes = new HashMap<>(message.attributes());
        if (received.timestampType() != TimestampType.NO_TIMESTAMP_TYPE) {
            attributes.putIfAbsent(
                    TIME, Instant.ofEpochMilli(received.timestamp()).toString());
        }
        return new Message(
                message.id(),
                message.aggregateType(),
                message.type(),
                message.key() == null ? recordKey : message.key(),
                message.routingKey(),
                message.contentType(),
                attributes,
                message.headers(),
                body);
    }

    /** The key of a record as text; null if it has none. */
    static @Nullable String key(ConsumerRecord<byte[], byte[]> received) {
        return received.key() == null ? null : text(received.key());
    }

    /** A header may be there several times; the last one counts, as for every Kafka client. */
    private static Map<String, String> texts(Headers headers) {
        Map<String, String> texts = new HashMap<>();
        headers.forEach(header -> texts.put(header.key(), text(header.value())));
        return texts;
    }

    private static String contentType(Headers headers) {
        Header header = headers.lastHeader(CONTENT_TYPE);
        return header == null ? "" : text(header.value());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }
}
