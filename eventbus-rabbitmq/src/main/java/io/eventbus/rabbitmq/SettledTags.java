package io.eventbus.rabbitmq;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The deliveries of one channel that the broker counts as ours, by their tags: those that are held, and those that were settled
 * and whose settlement is not sent yet. Thread-safe.
 */
final class SettledTags {

    /** A settlement to send. */
    sealed interface Settlement {

        /** Accepts one delivery or, with {@code multiple}, also all that were delivered before it. */
        record Ack(long tag, boolean multiple) implements Settlement {}

        /** Gives one delivery back. */
        record Requeue(long tag) implements Settlement {}
    }

    private final Object lock = new Object();
    private final NavigableSet<Long> held = new TreeSet<>();
    private final NavigableSet<Long> accepted = new TreeSet<>();
    private final NavigableSet<Long> released = new TreeSet<>();

    /** A delivery has arrived. */
    void hold(long tag) {
        synchronized (lock) {
            held.add(tag);
        }
    }

    /** Accepts a delivery, unless it is settled already. */
    boolean accept(long tag) {
        synchronized (lock) {
            return held.remove(tag) && accepted.add(tag);
        }
    }

    /** Gives a delivery back, unless it is settled already. */
    boolean release(long tag) {
        synchronized (lock) {
            return held.remove(tag) && released.add(tag);
        }
    }

    /** Whether there is a delivery that is not settled, or whose settlement is not sent. */
    boolean isAnyHeld() {
        synchronized (lock) {
            return !held.isEmpty() || !accepted.isEmpty() || !released.isEmpty();
        }
    }

    /** Whether {@link #take} would give anything. */
    boolean isWaiting() {
        synchronized (lock) {
            return !accepted.isEmpty() || !released.isEmpty();
        }
    }

    /** Whether {@link #takeAccepted} would give anything. */
    boolean isAcceptedWaiting() {
        synchronized (lock) {
            return !accepted.isEmpty();
        }
    }

    /** Takes what is to be sent, in this order: what was released first, so that an ack may cover its tags. */
    List<Settlement> take() {
        synchronized (lock) {
            List<Settlement> settlements = new ArrayList<>();
            released.forEach(tag -> settlements.add(new Settlement.Requeue(tag)));
            released.clear();
            addAccepted(settlements);
            return settlements;
        }
    }

    /** Takes what was accepted and leaves what was released. */
    List<Settlement> takeAccepted() {
        synchronized (lock) {
            List<Settlement> settlements = new ArrayList<>();
            addAccepted(settlements);
            return settlements;
        }
    }

    /** One ack for all below the lowest tag that the broker is to keep, and one for each other. */
    private void addAccepted(List<Settlement> settlements) {
        SortedSet<Long> run = accepted.headSet(Math.min(lowest(held), lowest(released)));
        if (!run.isEmpty()) {
            settlements.add(new Settlement.Ack(run.last(), run.size() > 1));
        }
        accepted.stream()
                .filter(tag -> !run.contains(tag))
                .forEach(tag -> settlements.add(new Settlement.Ack(tag, false)));
        accepted.clear();
    }

    private static long lowest(NavigableSet<Long> tags) {
        return tags.isEmpty() ? Long.MAX_VALUE : tags.first();
    }
}
