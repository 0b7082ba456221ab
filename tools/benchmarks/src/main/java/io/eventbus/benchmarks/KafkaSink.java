package io.eventbus.benchmarks;

import java.io.IOException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Leaves it to the client when to send, unless it waits for the answer. */
final class KafkaSink implements Producer {
    private static final int LIMIT = 10_000;

    private final KafkaProducer<String, byte[]> producer;
    private final String topic;
    private final int size;
    private final InFlight inFlight = new InFlight(LIMIT);
    private int sent;

    KafkaSink(KafkaProducer<String, byte[]> producer, String topic, int size) {
        this.producer = producer;
        this.topic = topic;
        this.size = size;
    }

    @Override
    public void send(long time) throws IOException {
        inFlight.begin();
        String key = Integer.toString(sent++ % KEYS);
        producer.send(
                new ProducerRecord<>(topic, key, Body.of(time, size)), (accepted, failure) -> inFlight.end(failure));
    }

    /** Without it the client would wait for more to send. */
    @Override
    public void flush() throws IOException {
        producer.flush();
        inFlight.awaitNone();
    }

    @Override
    public void publish(long time) throws IOException {
        send(time);
        flush();
    }

    @Override
    public void close() {
        producer.close();
    }
}
