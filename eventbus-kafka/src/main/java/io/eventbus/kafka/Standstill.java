package io.eventbus.kafka;

import io.eventbus.spi.Group;
import io.eventbus.spi.TransportException.Kind;
import io.eventbus.spi.TransportException.Outcome;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long a group has kept its member waiting. A member is let in, and may commit, only when a rebalance ends; that waits for
 * every member that Kafka takes for alive, and Kafka tells the others nothing meanwhile. A member without partitions is told
 * nothing either, whether it waits or is thrown out, so its wait does not count. Used by one thread.
 */
final class Standstill {

    private final Group group;
    private final Duration limit;
    private final LongSupplier clock;
    private boolean waiting;
    private long since;

    /**
     * Not waiting.
     *
     * @param limit longer than a rebalance takes in which all members answer
     * @param clock counts nanoseconds
     */
    Standstill(Group group, Duration limit, LongSupplier clock) {
        this.group = group;
        this.limit = limit;
        this.clock = clock;
    }

    /** The member is not in the group, or was kept from committing. */
    void waits() {
        if (!waiting) {
            waitsAnew();
        }
    }

    /** The member has let go of partitions: it waits from now on. */
    void waitsAnew() {
        waiting = true;
        since = clock.getAsLong();
    }

    /** The member was let in, or could commit. */
    void moves() {
        waiting = false;
    }

    /** Throws if the member has waited for longer than the limit: then its session is over. */
    void check(KafkaErrors errors, String what) {
        if (waiting && clock.getAsLong() - since > limit.toNanos()) {
            String name = KafkaNames.group(group);
            throw errors.failure(
                    Kind.UNAVAILABLE,
                    Outcome.UNKNOWN,
                    what,
                    "for more than " + limit.toMillis() + " ms the group " + name
                            + " has neither let this member in nor"
                            + " let it commit: it probably waits for a member that takes no part in its rebalance, or has"
                            + " no coordinator; kafka-consumer-groups --describe --state --group " + name
                            + " tells which, and --members instead of --state lists the members");
        }
    }
}
