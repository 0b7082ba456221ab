package io.eventbus.kafka;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The partitions that a receiver has now. Used by one thread. */
final class Assignment {

    private static final Logger LOG = LoggerFactory.getLogger(Assignment.class);

    private final Map<TopicPartition, PartitionQueue> queues = new LinkedHashMap<>();
    private final Settlements settlements;
    private int turn;

    /** The partition whose first waiting record was delivered before and is claimed, if there is one. */
    private @Nullable PartitionQueue next;

    /** @param settlements where deliveries of these partitions go when they are settled */
    Assignment(Settlements settlements) {
        this.settlements = settlements;
    }

    /** @param committed what the group has committed, or null if it has nothing */
    void add(TopicPartition partition, @Nullable OffsetAndMetadata committed) {
        remove(Set.of(partition));
        queues.put(partition, new PartitionQueue(partition, committed, settlements));
    }

    void remove(Collection<TopicPartition> partitions) {
        queues.keySet().removeAll(partitions);
        if (next != null && partitions.contains(next.partition())) {
            next = null; // what it has claimed is another member's to handle
        }
    }

    Set<TopicPartition> partitions() {
        return Set.copyOf(queues.keySet());
    }

    Collection<PartitionQueue> all() {
        return queues.values();
    }

    /** Those of the given partitions that are assigned. */
    Set<PartitionQueue> of(Collection<TopicPartition> partitions) {
        return queues.values().stream()
                .filter(queue -> partitions.contains(queue.partition()))
                .collect(Collectors.toSet());
    }

    /** Has the consumer fetch what there is room for. */
    void fetchFurther(Consumer<?, ?> consumer, boolean wanted, int maxRecords, int maxUnsettled) {
        queues.values().forEach(queue -> queue.fetchFurther(consumer, wanted, maxRecords, maxUnsettled));
    }

    /** Takes what was fetched; true if it was claimed. */
    boolean add(ConsumerRecord<byte[], byte[]> fetched) {
        TopicPartition partition = new TopicPartition(fetched.topic(), fetched.partition());
        PartitionQueue queue = queues.get(partition);
        if (queue != null && queue.window().isPast(fetched.offset())) {
            LOG.warn("{} begins again at offset {}: what was there before is deleted", partition, fetched.offset());
            add(partition, null);
            queue = queues.get(partition);
        }
        return queue != null && queue.add(fetched);
    }

    boolean hasWaiting() {
        return queues.values().stream().anyMatch(PartitionQueue::hasWaiting);
    }

    boolean isChanged() {
        return queues.values().stream().anyMatch(queue -> queue.window().isChanged());
    }

    /** Claims one record that was delivered before, of the partition whose turn it is, unless one waits; false if it claimed none. */
    boolean claimAgain() {
        if (next != null && next.hasClaimed()) {
            return false;
        }
        next = inTurn().filter(PartitionQueue::claimAgain).findFirst().orElse(null);
        return next != null;
    }

    /** Hands over what is claimed: what was delivered before, then from each partition in turn, so that none waits for another. */
    List<KafkaDelivery> take(int room) {
        List<KafkaDelivery> taken = new ArrayList<>();
        Stream.concat(Stream.ofNullable(next), inTurn())
                .forEach(queue -> taken.addAll(queue.take(room - taken.size())));
        turn = queues.isEmpty() ? 0 : (turn + 1) % queues.size();
        next = null;
        return taken;
    }

    private Stream<PartitionQueue> inTurn() {
        List<PartitionQueue> all = List.copyOf(queues.values());
        return IntStream.range(0, all.size()).mapToObj(i -> all.get((turn + i) % all.size()));
    }

    /** Forgets what was not handed over. */
    void dropWaiting() {
        queues.values().forEach(PartitionQueue::dropWaiting);
    }
}
