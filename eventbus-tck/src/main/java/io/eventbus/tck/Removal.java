package io.eventbus.tck;

import io.eventbus.spi.Group;

/** Removes from a broker what the bus has made there, as an operator may by mistake. Used by one thread. */
public interface Removal {

    /**
     * Removes what the broker keeps for a group: its queue, its place in the stream; its dead letters may stay.
     *
     * @param group an existing group
     */
    void group(Group group);

    /**
     * Removes what is published to: the exchange, the stream with its groups, the topic.
     *
     * @param topic the bus's name of an existing topic
     */
    void topic(String topic);

    /**
     * Removes the place of a group's dead letters: the queue, the stream, the topic.
     *
     * @param group an existing group that has had dead letters
     */
    void deadLetters(Group group);
}
