package io.eventbus.spi;

/** Where a new group begins. A group that exists goes on where it stood. */
public enum StartFrom {
    /** With what is published after the group is ready. */
    LATEST,
    /** With the oldest event that the broker retains; needs {@link Capability#RETAINED}. */
    EARLIEST
}
