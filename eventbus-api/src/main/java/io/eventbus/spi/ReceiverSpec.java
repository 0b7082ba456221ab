package io.eventbus.spi;

import java.util.Set;

/**
 * How to read from a group.
 *
 * @param group the group
 * @param member the name of this member, unique in the group
 * @param patterns what to ask for, at least one; a group keeps the patterns that any member ever asked for
 * @param maxInFlight how many unsettled messages the engine holds at most
 * @param startFrom where a group begins that this call creates
 * @param ephemeral whether the group is for this member alone, keeps no dead letters and vanishes with it
 */
public record ReceiverSpec(
        Group group,
        String member,
        Set<RoutingPattern> patterns,
        int maxInFlight,
        StartFrom startFrom,
        boolean ephemeral) {

    /** Copies the patterns. */
    public ReceiverSpec {
        patterns = Set.copyOf(patterns);
    }

    /**
     * What the receiver is opened for, as a message for people says what cannot be done. Who subscribes without a group has given
     * no name of one, and is told none.
     *
     * @return such as {@code join group billing of topic orders}
     */
    public String purpose() {
        return ephemeral ? "subscribe to topic " + group.topic() : "join " + group;
    }
}
