package io.eventbus.spi;

/** What some brokers can do and others cannot. Using one that is not declared is refused; everything else works everywhere. */
public enum Capability {
    /** What was accepted survives a restart of the broker. */
    DURABLE,
    /** Events are kept after they were handled, so that a new group can start from the earliest. */
    RETAINED,
    /** The events of one key are handled in order by all members of a group together, not only within each. */
    GROUP_KEY_ORDER,
    /** The broker counts deliveries, so that an event that takes down every member it meets can be found out. */
    DELIVERY_COUNT
}
