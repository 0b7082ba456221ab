package io.eventbus;

/** Why an event is in the dead letters. */
public enum DeadLetterReason {
    /** Its handler failed as often as the retry policy allows. */
    ATTEMPTS_EXHAUSTED,
    /** Its handler failed with an exception that was declared not retryable. */
    NOT_RETRYABLE,
    /** A subscription selected it, and the registry does not know it. */
    UNKNOWN_TYPE,
    /** Its payload, or what the bus needs to know of it, cannot be read. */
    UNDECODABLE,
    /** It was delivered more often than is allowed without ever being settled. */
    CRASH_LOOP
}
