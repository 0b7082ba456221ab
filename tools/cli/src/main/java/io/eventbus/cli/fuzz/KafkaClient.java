package io.eventbus.cli.fuzz;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Kafka's own producer. */
final class KafkaClient implements ForeignClient {
    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final AtomicReference<@Nullable Exception> refused = new AtomicReference<>();

    KafkaClient(URI url, String topic) {
        this.topic = topic;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", url.getRawAuthority()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @Override
    public WireFormat wireFormat() {
        return WireFormat.KAFKA;
    }

    /** An empty body goes as a record without a value, which others take for a deletion. */
    @Override
    public void send(Malformed one) {
        byte[] value = one.body().length == 0 ? null : one.body();
        ProducerRecord<byte[], byte[]> sent =
                new ProducerRecord<>(topic, one.attributes().get("partitionkey"), value);
        one.attributes()
                .forEach((name, bytes) -> sent.headers().add(wireFormat().header(name), bytes));
        one.headers()
                .forEach(header ->
                        sent.headers().add(header.name(), header.value().length == 0 ? null : header.value()));
        producer.send(sent, (written, failure) -> refused.compareAndSet(null, failure));
    }

    @Override
    public void flush() throws IOException {
        producer.flush();
        Exception failure = refused.get();
        if (failure != null) {
            throw new IOException("Kafka refused a record: " + failure.getMessage(), failure);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
