package io.eventbus.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.spi.Message;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Messages as Kafka carries them. */
class KafkaWireTest {

    private static final Message FULL = new Message(
            "id-1",
            "Order",
            "Placed",
            "key-1",
            "other.key",
            "application/json",
            Map.of("time", "2026-01-02T03:04:05.678Z", "source", "/orders", "eb-dl-reason", "X"),
            Map.of("tenant", "t", "Tenant", "T", "ce_id", "mine", "Content-Type", "mine", "empty", ""),
            new byte[] {0, 1, (byte) 0xff});

    @Test
    @DisplayName("a message is read as it was written")
    void roundTrip() {
        Message read = KafkaWire.read(received(KafkaWire.write("t", FULL.key(), FULL)));

        assertThat(read).usingRecursiveComparison().isEqualTo(FULL);
    }

    @Test
    @DisplayName("a record is in the binary mode of CloudEvents: headers, the key, the payload untouched")
    void cloudEvent() {
        ProducerRecord<byte[], byte[]> written = KafkaWire.write("t", FULL.key(), FULL);

        assertThat(written.value()).isSameAs(FULL.body());
        assertThat(new String(written.key(), StandardCharsets.UTF_8)).isEqualTo("key-1");
        assertThat(written.timestamp()).isNull();
        assertThat(header(written.headers(), "ce_specversion")).isEqualTo("1.0");
        assertThat(header(written.headers(), "ce_id")).isEqualTo("id-1");
        assertThat(header(written.headers(), "ce_type")).isEqualTo("Placed");
        assertThat(header(written.headers(), "ce_source")).isEqualTo("/orders");
        assertThat(header(written.headers(), "ce_partitionkey")).isEqualTo("key-1");
        assertThat(header(written.headers(), "content-type")).isEqualTo("application/json");
    }

    @Test
    @DisplayName(
            "what another program sent without attributes has empty fields, the record's key and the record's time")
    void foreign() {
        Headers headers = new RecordHeaders();
        headers.add("double", "first".getBytes(StandardCharsets.UTF_8));
        headers.add("double", "last".getBytes(StandardCharsets.UTF_8));
        headers.add("nothing", null);
        Message read = KafkaWire.read(
                received("k".getBytes(StandardCharsets.UTF_8), "body".getBytes(StandardCharsets.UTF_8), headers));

        assertThat(read.id() + read.type() + read.contentType()).isEmpty();
        assertThat(read.key()).isEqualTo("k");
        assertThat(read.headers()).isEqualTo(Map.of("double", "last", "nothing", ""));
        assertThat(read.attributes()).isEqualTo(Map.of("time", "1970-01-01T00:00:01Z"));
    }

    @Test
    @DisplayName("another program's header that differs from the content type's by its case is a header")
    void otherCase() {
        Headers headers = new RecordHeaders();
        headers.add("Content-Type", "text/plain".getBytes(StandardCharsets.UTF_8));
        Message read = KafkaWire.read(received(null, new byte[0], headers));

        assertThat(read.headers()).isEqualTo(Map.of("Content-Type", "text/plain"));
        assertThat(read.contentType()).isEmpty();
    }

    @Test
    @DisplayName("an empty payload is written as such, and a record without value is read as an empty payload")
    void empty() {
        Message message = Fixture.message("", "key");

        assertThat(KafkaWire.write("t", "key", message).value()).isNotNull().isEmpty();
        assertThat(KafkaWire.read(received(null, null, new RecordHeaders())).body())
                .isEmpty();
    }

    @Test
    @DisplayName("a dead letter keeps the event's key, although its record has another, also if it has none")
    void deadLetter() {
        Message keyless = new Message("i", "A", "T", null, "A.T", "", Map.of(), Map.of(), new byte[0]);

        assertThat(KafkaWire.readDeadLetter(received(KafkaWire.write("t", "i#1", keyless)))
                        .key())
                .isNull();
        assertThat(KafkaWire.readDeadLetter(received(KafkaWire.write("t", "i#1", FULL)))
                        .key())
                .isEqualTo("key-1");
    }

    private static String header(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null ? "none" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static ConsumerRecord<byte[], byte[]> received(ProducerRecord<byte[], byte[]> written) {
        return received(written.key(), written.value(), written.headers());
    }

    private static ConsumerRecord<byte[], byte[]> received(byte[] key, byte[] value, Headers headers) {
        return new ConsumerRecord<>(
                "t", 0, 7, 1000, TimestampType.CREATE_TIME, 1, 1, key, value, headers, Optional.empty());
    }
}
