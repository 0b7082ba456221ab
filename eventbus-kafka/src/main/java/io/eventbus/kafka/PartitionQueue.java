package io.eventbus.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** One partition while it is assigned to this member: what was fetched and not handed over, and what is settled. */
final class PartitionQueue {

    private final TopicPartition partition;
    private final OffsetWindow window;
    private final Settlements settlements;
    private final NavigableMap<Long, ConsumerRecord<byte[], byte[]>> waiting = new TreeMap<>();
    private boolean paused;

    PartitionQueue(TopicPartition partition, @Nullable OffsetAndMetadata committed, Settlements settlements) {
        this.partition = partition;
        this.window = new OffsetWindow(committed);
        this.settlements = settlements;
    }

    TopicPartition partition() {
        return partition;
    }

    OffsetWindow window() {
        return window;
    }

    /** Takes what was fetched, unless the group has settled it already; true if it was claimed. */
    boolean add(ConsumerRecord<byte[], byte[]> fetched) {
        boolean unsettled = window.fetch(fetched.offset());
        if (unsettled) {
            waiting.put(fetched.offset(), fetched);
        }
        return unsettled && window.isClaimed(fetched.offset());
    }

    /** Claims what comes next if it was delivered before; true if it was. */
    boolean claimAgain() {
        if (waiting.isEmpty() || window.isClaimed(waiting.firstKey())) {
            return false;
        }
        window.claimAgain(waiting.firstKey());
        return true;
    }

    boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    /** Whether something waits that may be handed over. */
    boolean hasClaimed() {
        return !waiting.isEmpty() && window.isClaimed(waiting.firstKey());
    }

    /** Hands over what waits and is claimed, in the order of offsets. */
    List<KafkaDelivery> take(int max) {
        List<KafkaDelivery> taken = new ArrayList<>(Math.min(max, waiting.size()));
        while (taken.size() < max && hasClaimed()) {
            ConsumerRecord<byte[], byte[]> first = waiting.pollFirstEntry().getValue();
            taken.add(new KafkaDelivery(first, window.deliveries(first.offset()), this, settlements));
        }
        return taken;
    }

    /** Puts a record back that was handed over: it waits again, at its old place. */
    void putBack(ConsumerRecord<byte[], byte[]> taken) {
        waiting.put(taken.offset(), taken);
    }

    /** Forgets what waits: another member will get it. */
    void dropWaiting() {
        waiting.keySet().forEach(window::giveBack);
        waiting.clear();
    }

    /**
     * Lets the consumer fetch if nothing waits and the next fetch leaves room for what must be committed about it. Where there is
     * too little room for any fetch, the last one has to be settled before.
     */
    void fetchFurther(Consumer<?, ?> consumer, boolean wanted, int maxRecords, int maxUnsettled) {
        boolean room = window.sizeAfter(maxRecords) <= maxUnsettled || window.isIdle();
        boolean fetch = wanted && waiting.isEmpty() && room;
        if (fetch && paused) {
            consumer.resume(Set.of(partition));
        } else if (!fetch && !paused) {
            consumer.pause(Set.of(partition));
        }
        paused = !fetch;
    }
}
