package io.eventbus.tck;

import io.eventbus.spi.Group;
import java.util.Set;

/** Removes from a broker what the bus has made there, as an operator may by mistake. Used by one thread. */
public interface Removal {

    /** What can be removed. */
    enum Part {
        /** What {@link Removal#group} removes. */
        GROUP,
        /** What {@link Removal#topic} removes. */
        TOPIC,
        /** What {@link Removal#deadLetters} removes. */
        DEAD_LETTERS
    }

    /**
     * What the transport makes again by itself, so that the bus goes on. Of these parts the kit takes no report of being down in
     * place of going on, for which it waits for {@link Timing#POSITIVE_WAIT}.
     *
     * @return by default none: whatever is removed, a bus that says that it is down has said enough
     */
    default Set<Part> healed() {
        return Set.of();
    }

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
