package io.eventbus.spi;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The driver of one bus for one broker. Opens sessions; never retries, never sleeps, makes no thread. Thread-safe.
 *
 * <p>Opening blocks until the session is usable, at most {@link TransportConfig#openTimeout()}.
 */
public interface Transport extends AutoCloseable {

    /**
     * What this transport can do in its configuration, constant over its life.
     *
     * @return the declared capabilities; the conformance kit tests each
     */
    Set<Capability> capabilities();

    /**
     * What this transport can carry, constant over its life. The engine refuses what exceeds it.
     *
     * @return the limits
     */
    Limits limits();

    /**
     * How long a member may hold a delivery unsettled before the broker takes it away although the member lives; constant over
     * this transport's life. A minute before, or when four fifths of it are over if that is later, the engine closes the
     * receiver of a group that is not ephemeral, which gives everything back in order, and opens another.
     *
     * <p>What counts is when the broker handed the message to the receiver, which the engine does not see. So such a
     * receiver asks the broker for nothing before the first poll that asks for something, holds no more than
     * {@link ReceiverSpec#maxInFlight()} with the engine's share, and hands over in each poll, in the order in which they came,
     * all that it has, up to as many as it is asked for.
     *
     * @return the time span, above zero and at most {@link OptionDescriptor#LONGEST_DURATION}; by default empty: as long as the
     *     member lives
     */
    default Optional<Duration> holdLimit() {
        return Optional.empty();
    }

    /**
     * Opens a sending session.
     *
     * @return a session, owned by the caller
     * @throws TransportException if the broker cannot be reached or refuses
     */
    Sender openSender();

    /**
     * Joins a group, which is created if it does not exist yet. What is sent after this method has returned reaches the
     * group.
     *
     * @param spec the group and how to read from it
     * @param revocations told when deliveries of this session go to another member while it lasts; a transport whose broker
     *     never takes any back does not use it
     * @return a session, owned by the caller
     * @throws TransportException if the broker cannot be reached or refuses, cannot hold the names, or has a group of this
     *     name that is of another kind
     */
    Receiver openReceiver(ReceiverSpec spec, Revocations revocations);

    /**
     * Questions and orders that people have for the broker.
     *
     * @return a view that lives as long as this transport
     */
    TransportAdmin admin();

    /**
     * The escape hatch to the client library. Each transport documents the types that it yields.
     *
     * @param nativeType the wanted type
     * @param <T> the wanted type
     * @return the client's object, or empty if this transport has none of that type
     */
    default <T> Optional<T> unwrap(Class<T> nativeType) {
        return Optional.empty();
    }

    /**
     * Frees what the transport itself holds, and cuts sessions that are still open, so that a call that is stuck in one
     * returns. Idempotent; throws nothing.
     */
    @Override
    void close();
}
