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
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * The topic that holds a group's dead letters, up to where it ended when it was opened: read once to learn which letters were
 * removed later, then again for the others. Each part of it has the time of an inquiry, so that a long log takes longer than
 * a short one. Used by one thread.
 */
final class DeadLetterLog implements AutoCloseable {

    private static final int MAX_RECORDS = 500;

    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> ends;
    private final Set<Place> live;

    private DeadLetterLog(
            Consumer<byte[], byte[]> consumer, Set<TopicPartition> partitions, Supplier<Inquiry> inquiries) {
        this.consumer = consumer;
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        this.ends = partitions.isEmpty()
                ? Map.of()
                : consumer.endOffsets(partitions, inquiries.get().remaining());
        this.live = findLive(inquiries);
        consumer.seekToBeginning(partitions);
    }

    /** Where a letter is. */
    record Place(int partition, long offset) {

        static Place of(ConsumerRecord<?, ?> letter) {
            return new Place(letter.partition(), letter.offset());
        }
    }

    /**
     * Reads what there is; nothing if there is no such topic.
     *
     * @param inquiries gives another one for each question and each part of the log
     */
    static DeadLetterLog open(KafkaTransport transport, Group group, Supplier<Inquiry> inquiries) {
        Set<TopicPartition> partitions =
                Topics.find(inquiries.get(), KafkaNames.deadLetters(group)).orElse(Set.of());
        try {
            return read(transport.clients().consumer(MAX_RECORDS), partitions, inquiries);
        } catch (KafkaException e) {
            throw inquiries.get().failed(e);
        }
    }

    /** Reads what there is with a consumer, which is closed if that fails. */
    static DeadLetterLog read(
            Consumer<byte[], byte[]> consumer, Set<TopicPartition> partitions, Supplier<Inquiry> inquiries) {
        try {
            return new DeadLetterLog(consumer, partitions, inquiries);
        } catch (RuntimeException e) {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
            throw e;
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
    List<ConsumerRecord<byte[], byte[]>> next(Supplier<Inquiry> inquiries) {
        List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>();
        while (letters.isEmpty() && !isAtEnd()) {
            read(inquiries.get()).stream()
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

    private Set<Place> findLive(Supplier<Inquiry> inquiries) {
        Map<String, Place> found = new HashMap<>();
        while (!isAtEnd()) {
            for (ConsumerRecord<byte[], byte[]> letter : read(inquiries.get())) {
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

    /**
     * One part: the consumer returns as soon as it has got any further, be it past offsets that hold no record. If it has not,
     * its wait was over, whatever the clock says: it waits for whole milliseconds, and so a little less than it was told to.
     */
    private Collection<ConsumerRecord<byte[], byte[]>> read(Inquiry inquiry) {
        Map<TopicPartition, Long> before = positions();
        ConsumerRecords<byte[], byte[]> read = consumer.poll(inquiry.remaining());
        if (read.isEmpty() && positions().equals(before)) {
            throw inquiry.failed(new TimeoutException("the dead letters were not read in time"));
        }
        List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>();
        read.forEach(letter -> {
            if (letter.offset() < ends.getOrDefault(new TopicPartition(letter.topic(), letter.partition()), 0L)) {
                letters.add(letter);
            }
        });
        return letters;
    }

    private boolean isAtEnd() {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private Map<TopicPartition, Long> positions() {
        return ends.keySet().stream().collect(Collectors.toMap(partition -> partition, consumer::position));
    }
}
