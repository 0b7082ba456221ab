package io.eventbus;

/** What becomes of an event that a subscription selects and the registry does not know. */
public enum UnknownTypePolicy {
    /** It goes to the dead letters with {@link DeadLetterReason#UNKNOWN_TYPE}. */
    DEAD_LETTER,
    /** It is dropped, counted and reported. */
    DISCARD
}
