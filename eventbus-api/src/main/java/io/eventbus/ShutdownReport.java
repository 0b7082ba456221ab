package io.eventbus;

import java.time.Duration;

/**
 * What became of the deliveries and publishes that a bus had when it began to close. What a client library had fetched and the
 * bus had not taken yet goes back to the group, too, and is not counted.
 *
 * @param took from the beginning of the close to its end
 * @param drained deliveries that were settled meanwhile: handled, dead-lettered, discarded or filtered out
 * @param handedBack deliveries that went back to their group, since no handler had begun or another attempt was due
 * @param abandoned deliveries whose handlers were still running when the close time-out was over; they are delivered again
 * @param publishesAbandoned publishes that were still open when the close time-out was over; each has failed with its outcome
 */
public record ShutdownReport(Duration took, long drained, long handedBack, long abandoned, long publishesAbandoned) {}
