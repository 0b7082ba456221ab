package io.eventbus;

/**
 * What a bus has done since it was built. Counters never fall; a snapshot is consistent at rest. At rest, {@code received
 * = handled + deadLettered + discarded + filtered + released} and {@code attempts = successes + failures}.
 *
 * @param published events that the broker accepted
 * @param publishFailed events that were refused or not accepted
 * @param publishUnknown events of which it is not known
 * @param received deliveries from the broker
 * @param attempts calls of handlers
 * @param successes calls that ended well
 * @param failures calls that failed, time-outs included
 * @param retries events that were put back for another attempt
 * @param handled deliveries that every handler has handled
 * @param deadLettered deliveries that went to the dead letters
 * @param discarded deliveries that were dropped by an explicit policy
 * @param filtered deliveries that no subscription selected
 * @param released deliveries that were given back to the group unsettled, those of lost sessions included
 * @param inFlight deliveries that are with this bus now
 * @param publishesInFlight publishes that are not complete now
 * @param reconnects sessions that were opened in place of one that was lost, or that gave back what the broker was about to take away
 * @param paused subscriptions that are paused now
 * @param full memberships (the group's, and each ephemeral subscription's) that hold {@code maxInFlight} deliveries now and
 *     take no more before a handler has ended: the handlers are slower than what comes
 */
public record BusStats(
        long published,
        long publishFailed,
        long publishUnknown,
        long received,
        long attempts,
        long successes,
        long failures,
        long retries,
        long handled,
        long deadLettered,
        long discarded,
        long filtered,
        long released,
        long inFlight,
        long publishesInFlight,
        long reconnects,
        int paused,
        int full) {}
