package io.eventbus.kafka;

import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/**
 * What a group has settled of one partition. Kafka keeps one offset for a group; so the lowest unsettled one is committed,
 * and what is settled above it goes into the commit's metadata, with the number of deliveries of what is not.
 *
 * <p>An offset is claimed before its record is handed over, and the claim is committed: a member that a record takes down has
 * left its trace. What is new is claimed as soon as it is fetched, what was delivered before one by one. Used by one thread.
 */
final class OffsetWindow {

    private final NavigableMap<Long, Integer> unsettled;

    /** What is fetched, and not claimed yet or not any more. */
    private final Set<Long> unclaimed = new HashSet<>();

    /** The first offset that the group was never given. */
    private long next;

    /** The first offset that has not been fetched since the partition was assigned. */
    private long position;

    private boolean started;
    private boolean changed;

    /** @param committed what the group has committed, or null if it has nothing for a partition that was added later */
    OffsetWindow(@Nullable OffsetAndMetadata committed) {
        this.started = committed != null;
        long base = committed == null ? 0 : committed.offset();
        CommitMetadata metadata = CommitMetadata.decode(base, committed == null ? "" : committed.metadata());
        this.unsettled = metadata.unsettled();
        this.next = metadata.next();
        this.position = base;
    }

    /**
     * Takes a record that was fetched, in the order of offsets, and claims it if it is new.
     *
     * @return false if it was settled before
     */
    boolean fetch(long offset) {
        // what is not fetched in its turn does not exist any more
        changed |= !unsettled.subMap(position, offset).isEmpty();
        unsettled.subMap(position, offset).clear();
        position = offset + 1;
        boolean isNew = !started || offset >= next;
        if (isNew) {
            unsettled.put(offset, 1);
            next = Math.max(next, position);
            started = true;
            changed = true;
        } else if (unsettled.getOrDefault(offset, 0) > 0) {
            unclaimed.add(offset);
        } else if (unsettled.containsKey(offset)) {
            raise(offset);
        }
        return unsettled.containsKey(offset);
    }

    /** Whether what was fetched may be handed over once the claim is committed. */
    boolean isClaimed(long offset) {
        return !unclaimed.contains(offset);
    }

    /** Claims what was delivered before. */
    void claimAgain(long offset) {
        if (unclaimed.remove(offset)) {
            raise(offset);
        }
    }

    private void raise(long offset) {
        unsettled.merge(offset, 1, Integer::sum);
        changed = true;
    }

    /** How often the group has been given a claimed offset, this time included. */
    int deliveries(long offset) {
        return unsettled.getOrDefault(offset, 1);
    }

    /** The record is done with. */
    void settle(long offset) {
        changed |= unsettled.remove(offset) != null;
    }

    /** The record goes back in order: that was no delivery. */
    void giveBack(long offset) {
        if (unsettled.containsKey(offset) && unclaimed.add(offset)) {
            unsettled.computeIfPresent(offset, (same, count) -> Math.max(0, count - 1));
            changed = true;
        }
    }

    /** Everything that was claimed goes back in order. */
    void giveBackAll() {
        List.copyOf(unsettled.headMap(position).keySet()).forEach(this::giveBack);
    }

    /** Whether everything is settled that was fetched since the partition was assigned. */
    boolean isIdle() {
        return unsettled.headMap(position).isEmpty();
    }

    /** How many offsets are not settled at most once so many more records are fetched: a member before us may have had some. */
    int sizeAfter(int records) {
        int fetchedAgain = unsettled.tailMap(position).size();
        return unsettled.size() + Math.max(0, records - fetchedAgain);
    }

    /** Whether an offset was fetched already: then the log has begun again, and what we know of it is of another. */
    boolean isPast(long offset) {
        return offset < position;
    }

    /** Whether there is something to commit. */
    boolean isChanged() {
        return changed;
    }

    /**
     * What to commit.
     *
     * @param limit how many characters it may say beside the offset
     */
    OffsetAndMetadata toCommit(int limit) {
        long base = unsettled.isEmpty() ? next : unsettled.firstKey();
        return new OffsetAndMetadata(base, new CommitMetadata(next, unsettled).encode(base, limit));
    }

    /** What {@link #toCommit} gave is committed. */
    void committed() {
        changed = false;
    }

    /** What a window that was never opened would hold; for tests of what a crash leaves behind. */
    NavigableMap<Long, Integer> unsettled() {
        return new TreeMap<>(unsettled);
    }
}
