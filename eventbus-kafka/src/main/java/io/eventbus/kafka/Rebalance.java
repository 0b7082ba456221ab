package io.eventbus.kafka;

import io.eventbus.spi.Revocations;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** What one member does when partitions come and go. Called by its consumer, inside the poll and the close. */
final class Rebalance implements ConsumerRebalanceListener {

    private final Assignment assignment;
    private final Commits commits;
    private final Wakeups wakeups;
    private final Revocations revocations;
    private final Duration within;
    private final Standstill standstill;
    private final Runnable settle;
    private boolean joined;
    private boolean leaving;
    private boolean left;

    /**
     * The ear of one consumer.
     *
     * @param within how long running handlers are waited for
     * @param standstill hears when the member is let in, has to let go, and is thrown out
     * @param settle notes in the assignment what was settled
     */
    Rebalance(
            Assignment assignment,
            Commits commits,
            Wakeups wakeups,
            Revocations revocations,
            Duration within,
            Standstill standstill,
            Runnable settle) {
        this.assignment = assignment;
        this.commits = commits;
        this.wakeups = wakeups;
        this.revocations = revocations;
        this.within = within;
        this.standstill = standstill;
        this.settle = settle;
    }

    /** Whether the member is in the group, maybe without partitions. */
    boolean hasJoined() {
        return joined;
    }

    /** From now on nothing is being handled any more. */
    void leaving() {
        leaving = true;
    }

    /** From now on there is nothing left to commit. */
    void left() {
        left = true;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        wakeups.suspend();
        Map<TopicPartition, OffsetAndMetadata> committed = commits.committed(Set.copyOf(partitions));
        partitions.forEach(partition -> assignment.add(partition, committed.get(partition)));
        standstill.moves();
        if (!joined) {
            joined = true;
            wakeups.wake();
        }
        wakeups.resume();
    }

    /** They go to another member: what runs is waited for, what is settled is committed, the rest goes back. */
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        if (left) {
            return;
        }
        wakeups.suspend();
        Set<PartitionQueue> going = assignment.of(partitions);
        letGo(going, within);
        settle.run();
        going.forEach(queue -> queue.window().giveBackAll());
        commits.commit(going);
        assignment.remove(partitions);
        // with a cooperative assignor until this poll ends, with an eager one until the rebalance does
        standstill.waitsAnew();
        wakeups.resume();
    }

    /** They belong to another member already. */
    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        letGo(assignment.of(partitions), Duration.ZERO);
        assignment.remove(partitions);
        standstill.waits();
    }

    private void letGo(Set<PartitionQueue> going, Duration bound) {
        if (!leaving && !going.isEmpty()) {
            revocations.revoking(
                    delivery -> delivery instanceof KafkaDelivery one && going.contains(one.queue()), bound);
        }
    }
}
