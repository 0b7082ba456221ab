package io.eventbus.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.OffsetMetadataTooLarge;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commits what a member of a group has claimed and settled, and reads what those before it have. Used by one thread. */
final class Commits {

    private static final Logger LOG = LoggerFactory.getLogger(Commits.class);

    /** Settlements that come within this time are committed together. */
    private static final long INTERVAL_NANOS = Duration.ofMillis(20).toNanos();

    private final Consumer<?, ?> consumer;
    private final Wakeups wakeups;
    private final Duration within;
    private final MetadataLimit limit;
    private final Standstill standstill;
    private long last = System.nanoTime();

    /**
     * Commits nothing yet.
     *
     * @param within how long the broker has to answer
     * @param limit what all sessions have learned of the broker
     * @param standstill hears whether a rebalance keeps the member from committing
     */
    Commits(Consumer<?, ?> consumer, Wakeups wakeups, Duration within, MetadataLimit limit, Standstill standstill) {
        this.consumer = consumer;
        this.wakeups = wakeups;
        this.within = within;
        this.limit = limit;
        this.standstill = standstill;
    }

    /** How long settlements may wait for others; negative if they have waited long enough. */
    Duration untilDue() {
        return Duration.ofNanos(last + INTERVAL_NANOS - System.nanoTime());
    }

    /** How many offsets of a partition may be unsettled: the broker takes only so much about them. */
    int maxUnsettled() {
        return limit.unsettled();
    }

    /** Commits what has changed. False if a rebalance came between: it goes on with the next poll. */
    boolean commit(Collection<PartitionQueue> queues) {
        List<PartitionQueue> changed =
                queues.stream().filter(queue -> queue.window().isChanged()).toList();
        last = System.nanoTime();
        if (!changed.isEmpty() && !commitShorter(changed)) {
            return false;
        }
        queues.forEach(queue -> queue.window().committed());
        return true;
    }

    /** What the group has committed of these partitions. */
    Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return Map.of();
        }
        return awake(() -> consumer.committed(partitions, within));
    }

    /** Until it is short enough for the broker: with less to say, more is delivered again to the partition's next member. */
    private boolean commitShorter(List<PartitionQueue> changed) {
        int before = limit.characters();
        int characters = before;
        while (true) {
            try {
                boolean committed = commit(toCommit(changed, characters));
                if (characters < before) {
                    LOG.warn(
                            "the broker's offset.metadata.max.bytes is below its default: with {} instead of {}"
                                    + " characters, fewer events are fetched at a time, and more may come again",
                            characters,
                            before);
                }
                return committed;
            } catch (OffsetMetadataTooLarge e) {
                if (!limit.lower(characters)) {
                    throw e;
                }
                characters = limit.characters();
            }
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> toCommit(List<PartitionQueue> changed, int characters) {
        return changed.stream()
                .collect(Collectors.toMap(
                        PartitionQueue::partition, queue -> queue.window().toCommit(characters)));
    }

    private boolean commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        try {
            boolean committed = awake(() -> {
                consumer.commitSync(offsets, within);
                return true;
            });
            standstill.moves();
            return committed;
        } catch (RebalanceInProgressException | CommitFailedException e) {
            LOG.debug("a rebalance came before the commit of {}", offsets.keySet(), e);
            standstill.waits();
            return false;
        }
    }

    /** A wake-up may have come too late for the wait that it was to end. It comes once, unless all is over. */
    private <T> T awake(Supplier<T> call) {
        try {
            return call.get();
        } catch (WakeupException e) {
            if (wakeups.isCut()) {
                throw e;
            }
            return call.get();
        }
    }
}
