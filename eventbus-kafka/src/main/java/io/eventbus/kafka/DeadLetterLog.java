package io.eventbus.kafka;

import io.eventbus.spi.Group;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * The topic that holds a group's dead letters, up to where it ended when it was opened: read once to learn which letters were
 * removed later, then again for the others. Used by one thread.
 */
final class DeadLetterLog implements AutoCloseable {

    private static final int MAX_RECORDS = 500;

    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> ends;
    private final Set<Place> live;

    private DeadLetterLog(Consumer<byte[], byte[]> consumer, Set<TopicPartition> partitions, Inquiry inquiry) {
        this.consumer = consumer;
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        this.ends = partitions.isEmpty() ? Map.of() : consumer.endOffsets(partitions, inquiry.remaining());
        this.live = findLive(inquiry);
        consumer.seekToBeginning(partitions);
    }

    /** Where a letter is. */
    record Place(int partition, long offset) {

        static Place of(ConsumerRecord<?, ?> letter) {
            return new Place(letter.partition(), letter.offset());
        }
    }

    /** Reads what there is; nothing if there is no such topic. */
    static DeadLetterLog open(KafkaTransport transport, Group group, Inquiry inquiry) {
        Set<TopicPartition> partitions =
                Topics.find(inquiry, KafkaNames.deadLetters(group)).orElse(Set.of());
        try {
            Consumer<byte[], byte[]> consumer = transport.clients().consumer(MAX_RECORDS);
            try {
                return new DeadLetterLog(consumer, partitions, inquiry);
            } catch (KafkaException e) {
                consumer.close(CloseOptions.timeout(Duration.ZERO));
                throw e;
            }
        } catch (KafkaException e) {
            throw inquiry.failed(e);
        }
    }

    /** Where the log ended. */
    Map<TopicPartition, Long> ends() {
        return ends;
    }

    /** The letters that were not removed. */
    Set<Place> live() {
        return live;
    }

    /** The next letters that were not removed, oldest first in each partition; empty at the end. */
    List<ConsumerRecord<byte[], byte[]>> next(Inquiry inquiry) {
        List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>();
        while (letters.isEmpty() && !isAtEnd()) {
            read(inquiry).stream()
                    .filter(letter -> live.contains(Place.of(letter)))
                    .forEach(letters::add);
        }
        return letters;
    }

    @Override
    public void close() {
        try {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
        } catch (KafkaException e) {
            throw new IllegalStateException("a consumer without a group did not close", e);
        }
    }

    private Set<Place> findLive(Inquiry inquiry) {
        Map<String, Place> found = new HashMap<>();
        while (!isAtEnd()) {
            for (ConsumerRecord<byte[], byte[]> letter : read(inquiry)) {
                String key = String.valueOf(KafkaWire.key(letter));
                if (letter.value() == null) {
                    found.remove(key);
                } else {
                    found.put(key, Place.of(letter));
                }
            }
        }
        return new HashSet<>(found.values());
    }

    private Collection<ConsumerRecord<byte[], byte[]>> read(Inquiry inquiry) {
        Duration remaining = inquiry.remaining();
        if (remaining.isZero()) {
            throw inquiry.failed(new TimeoutException("the dead letters were not read in time"));
        }
        List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>();
        consumer.poll(remaining).forEach(letter -> {
            if (letter.offset() < ends.getOrDefault(new TopicPartition(letter.topic(), letter.partition()), 0L)) {
                letters.add(letter);
            }
        });
        return letters;
    }

    private boolean isAtEnd() {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }
}
