package io.eventbus;

/** How far the order of the events of one key reaches. */
public enum Ordering {
    /** Within each member of the group. */
    KEY,
    /** Across all members of the group; needs {@link io.eventbus.spi.Capability#GROUP_KEY_ORDER}. */
    KEY_ACROSS_MEMBERS
}
