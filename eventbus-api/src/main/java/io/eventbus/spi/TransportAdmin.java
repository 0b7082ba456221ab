package io.eventbus.spi;

/**
 * For people, not for message flow. Thread-safe; every method blocks, at most {@link TransportConfig#openTimeout()} for each
 * answer of the broker: what has to be read takes as long as it comes.
 */
public interface TransportAdmin {

    /**
     * Goes to the broker and back.
     *
     * @throws TransportException if the broker does not answer
     */
    void ping();

    /**
     * How a group stands.
     *
     * @param group the group
     * @return what the broker knows; all zero for a group that does not exist
     * @throws TransportException if the broker does not answer
     */
    GroupInfo describe(Group group);

    /**
     * Opens a pass over the dead letters of a group.
     *
     * @param group the group
     * @return the pass, owned by the caller; empty for a group that does not exist
     * @throws TransportException if the broker does not answer
     */
    DeadLetterCursor openDeadLetters(Group group);

    /**
     * Removes all dead letters of a group.
     *
     * @param group the group
     * @return how many were removed
     * @throws TransportException if the broker does not answer
     */
    long purgeDeadLetters(Group group);
}
