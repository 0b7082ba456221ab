package io.eventbus.kafka;

import io.eventbus.spi.TransportException.Kind;
import io.eventbus.spi.TransportException.Outcome;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long a group has kept its member waiting. A member is let in, and may commit, only when a rebalance ends; that waits for
 * every member that Kafka takes for alive, and Kafka tells the others nothing meanwhile. A member without partitions that is
 * thrown out is not told of that either, so its wait does not count. Used by one thread.
 */
final class Standstill {

    private final String group;
    private final Duration limit;
    private final LongSupplier clock;
    private boolean waiting;
    private long since;

    /**
     * Not waiting.
     *
     * @param group as Kafka knows it
     * @param limit longer than a rebalance takes in which all members answer
     * @param clock counts nanoseconds
     */
    Standstill(String group, Duration limit, LongSupplier clock) {
        this.group = group;
        this.limit = limit;
        this.clock = clock;
    }

    /** The member is not in the group, has had to let go of partitions, or was kept from committing. */
    void waits() {
        if (!waiting) {
            waiting = true;
            since = clock.getAsLong();
        }
    }

    /** The member was let in, or could commit, or let go. */
    void moves() {
        waiting = false;
    }

    /** Throws if the member has waited for longer than the limit: then its session is over. */
    void check(KafkaErrors errors, String what) {
        if (waiting && clock.getAsLong() - since > limit.toNanos()) {
            throw errors.failure(
                    Kind.UNAVAILABLE,
                    Outcome.UNKNOWN,
                    what,
                    "the group " + group + " has not let this member in, or commit, for more than " + limit.toMillis()
                            + " ms: it waits for a member that takes no part in its rebalance, or has no coordinator;"
                            + " kafka-consumer-groups --describe --state --group " + group
                            + " tells which, and --members instead of --state lists the members");
        }
    }
}
