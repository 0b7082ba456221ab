package io.eventbus.spi;

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
