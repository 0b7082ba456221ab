package io.eventbus.benchmarks;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Kafka's own clients with their defaults, but for offsets committed by hand: an idempotent producer, acks=all. */
final class KafkaClient implements RawClient {
    /** As many as the bus makes. */
    private static final int PARTITIONS = 6;

    private final Map<String, Object> servers;
    private final Admin admin;

    KafkaClient(URI url) {
        servers = Map.of("bootstrap.servers", url.getRawAuthority());
        admin = Admin.create(servers);
    }

    @Override
    public Consumer consume(String topic, LongConsumer handler) throws IOException {
        if (!await(admin.listTopics().names()).contains(topic)) {
            await(admin.createTopics(List.of(new NewTopic(topic, Optional.of(PARTITIONS), Optional.empty())))
                    .all());
        }
        Map<String, Object> settings =
                Map.of("group.id", topic, "enable.auto.commit", false, "auto.offset.reset", "earliest");
        KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(with(settings), new StringDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(topic));
        return new ConsumerThread(new KafkaSource(consumer, handler));
    }

    @Override
    public Producer produce(String topic, int size) {
        KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(with(Map.of("acks", "all")), new StringSerializer(), new ByteArraySerializer());
        return new KafkaSink(producer, topic, size);
    }

    /** What the bus makes for a topic begins with its name. */
    @Override
    public void remove(String topic) throws IOException {
        List<String> topics = await(admin.listTopics().names()).stream()
                .filter(name -> name.startsWith(topic))
                .toList();
        await(admin.deleteTopics(topics).all());
    }

    @Override
    public void close() {
        admin.close();
    }

    private Map<String, Object> with(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(servers);
        all.putAll(settings);
        return all;
    }

    private static <T> T await(KafkaFuture<T> answer) throws IOException {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for Kafka");
        } catch (ExecutionException e) {
            throw new IOException("Kafka refused: " + e.getMessage(), e);
        }
    }
}
