package io.eventbus.tck.history;

/**
 * What the buses of a group say about it at rest, added up over all its members since each began.
 *
 * @param attempts handler calls that were made
 * @param successes handler calls that succeeded
 * @param failures handler calls that failed
 * @param handled deliveries that ended in success
 * @param deadLettered events put among the dead letters
 * @param discarded events dropped by policy
 * @param filtered events that matched no selector
 * @param accepted events that came to the group
 * @param backlog events not yet settled
 * @param inFlight events taken from the broker and not yet settled
 */
public record Counters(
        long attempts,
        long successes,
        long failures,
        long handled,
        long deadLettered,
        long discarded,
        long filtered,
        long accepted,
        long backlog,
        long inFlight) {}
