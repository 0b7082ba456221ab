package io.eventbus.spi;

import java.time.Duration;
import java.util.List;

/**
 * One member of a group. Opened, polled and closed by one engine thread.
 *
 * <p>The engine polls at least every second while the receiver is open, with {@code maxMessages} zero while it has no
 * room, so that {@link #poll} is also the place for what must happen regularly: sending gathered settlements, renewing
 * leases, committing.
 */
public interface Receiver extends AutoCloseable {

    /**
     * Hands over what has arrived.
     *
     * <p>Of messages whose delivery was counted before, it hands over one, and the broker counts no other as delivered until
     * the next poll with room: so the engine can see to it that an event which takes its member down takes no other's count
     * up. What was handed back so that the delivery does not count may come together, like what is new. Where the broker pushes, this holds for a session that begins, as long as it is asked for one message at a time, each after
     * the one before is settled.
     *
     * @param maxMessages how many at most; zero means none: the regular work is done, and the time is waited
     * @param timeout how long to wait for the first; returns at once when something is there, when {@link #wakeup} is
     *     called, or when a settlement is waiting to be sent
     * @return deliveries in the broker's order, possibly none
     * @throws TransportException if the session is over; an interrupt ends the wait and keeps the thread's flag
     */
    List<Delivery> poll(int maxMessages, Duration timeout);

    /** Makes a poll that is in progress, or the next one, return at once. The only method for any thread. */
    void wakeup();

    /**
     * Asks for messages that match a further pattern, from the return of this method on.
     *
     * @param pattern what to ask for; one that is known already changes nothing
     * @throws TransportException if the session is over
     */
    void bind(RoutingPattern pattern);

    /**
     * Takes no more messages and gives back in order those that were not handed over, so that other members get them, at the
     * latest with the next {@link #poll}, so that what is released until then may go back ahead of them; a
     * broker that cannot take them back in order before the session ends gets them in {@link #close}. Settlements are still
     * made, and {@link #poll} with zero still sends acceptances.
     *
     * @throws TransportException if the session is over
     */
    void drain();

    /**
     * Leaves the group: sends the settlements that were made and gives back in order what is unsettled. An ephemeral
     * group ends with it. Idempotent; throws nothing.
     */
    @Override
    void close();
}
