package io.eventbus.tck.broken;

import io.eventbus.spi.Message;
import java.util.Optional;

/** A message that its group has not settled. Guarded by the broker's lock. */
final class Entry {

    private final Message message;
    private final long place;
    private final long since = System.nanoTime();
    private int deliveries;
    private BreakableReceiver holder;
    private long heldSince;

    Entry(Message message, long place) {
        this.message = message;
        this.place = place;
    }

    Message message() {
        return message;
    }

    /** The number in the order of arrival at the topic. */
    long place() {
        return place;
    }

    /** When it came. */
    long since() {
        return since;
    }

    int deliveries() {
        return deliveries;
    }

    long heldSince() {
        return heldSince;
    }

    void lend(BreakableReceiver receiver) {
        holder = receiver;
        deliveries++;
        heldSince = System.nanoTime();
    }

    void giveBack() {
        holder = null;
    }

    boolean isHeld() {
        return holder != null;
    }

    boolean isHeldBy(BreakableReceiver receiver) {
        return receiver.equals(holder);
    }

    /** Who holds it for longer than one of so many parts of what that member is allowed. */
    Optional<BreakableReceiver> overdueHolder(int parts) {
        return Optional.ofNullable(holder)
                .filter(one -> System.nanoTime() - heldSince > one.holdLimit().toNanos() / parts);
    }

    /** Whether it is on loan in just this delivery. */
    boolean isOnLoan(BreakableReceiver receiver, int delivery) {
        return isHeldBy(receiver) && deliveries == delivery;
    }
}
