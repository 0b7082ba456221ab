package io.eventbus.benchmarks;

import java.time.Duration;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** Polls, and commits what was polled without waiting for the answer. */
record KafkaSource(KafkaConsumer<String, byte[]> consumer, LongConsumer handler) implements ConsumerThread.Source {
    private static final Duration MOMENT = Duration.ofMillis(100);

    @Override
    public void poll() {
        ConsumerRecords<String, byte[]> records = consumer.poll(MOMENT);
        if (!records.isEmpty()) {
            records.forEach(record -> handler.accept(Body.time(record.value())));
            consumer.commitAsync();
        }
    }

    @Override
    public void close() {
        try (consumer) {
            consumer.commitSync();
        }
    }
}
