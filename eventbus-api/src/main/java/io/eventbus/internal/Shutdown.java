package io.eventbus.internal;

import io.eventbus.ShutdownReport;
import io.eventbus.internal.StatsRecorder.Counter;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The phases of the end of a bus, under one deadline: take no more events, let handlers finish (which may still publish), take
 * no more publishes, let those that were taken complete, leave the groups, close the sessions and the transport, stop the
 * threads. Used once.
 */
final class Shutdown {
    private static final Logger LOG = LoggerFactory.getLogger("io.eventbus");
    private static final Duration LONGEST_RESERVE = Duration.ofMillis(500);

    private final Parts parts;
    private final Subscriptions subscriptions;
    private final long begin = System.nanoTime();
    private final long settledBefore;
    private final long releasedBefore;
    private long drained;
    private long handedBack;
    private long abandoned;
    private long publishesAbandoned;

    Shutdown(Parts parts, Subscriptions subscriptions) {
        this.parts = parts;
        this.subscriptions = subscriptions;
        this.settledBefore = settled();
        this.releasedBefore = parts.stats().get(Counter.RELEASED);
    }

    void run() {
        Duration timeout = parts.config().closeTimeout();
        Deadline end = Deadline.in(timeout);
        Deadline drainEnd = Deadline.in(timeout.minus(reserve(timeout)));
        subscriptions.stop();
        List<GroupConsumer> consumers = subscriptions.consumers();
        consumers.forEach(GroupConsumer::drain);
        consumers.forEach(consumer -> consumer.awaitIdle(drainEnd));
        countDeliveries();
        parts.lifecycle().drained();
        publishesAbandoned = parts.pipeline().stop(drainEnd);
        consumers.forEach(consumer -> consumer.leave(end));
        parts.pipeline().awaitEnd(end);
        parts.errors().closeQuietly("the transport", parts.transport());
        parts.threads().stop(end.remaining());
        log(report());
    }

    /** As far as it has come. */
    ShutdownReport report() {
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        return new ShutdownReport(took, drained, handedBack, abandoned, publishesAbandoned);
    }

    /** While nothing is interrupted yet: what is still with the bus now has a handler that did not end in time. */
    private void countDeliveries() {
        abandoned = subscriptions.inFlight();
        drained = settled() - settledBefore;
        handedBack = parts.stats().get(Counter.RELEASED) - releasedBefore;
    }

    private long settled() {
        StatsRecorder stats = parts.stats();
        return stats.get(Counter.HANDLED)
                + stats.get(Counter.DEAD_LETTERED)
                + stats.get(Counter.DISCARDED)
                + stats.get(Counter.FILTERED);
    }

    private void log(ShutdownReport report) {
        boolean complete = report.abandoned() == 0 && report.publishesAbandoned() == 0;
        LOG.atLevel(complete ? Level.INFO : Level.WARN)
                .log(
                        "the bus on topic {} is closed after {} ms: {} deliveries drained, {} handed back, {} abandoned;"
                                + " {} publishes abandoned",
                        parts.config().topic(),
                        report.took().toMillis(),
                        report.drained(),
                        report.handedBack(),
                        report.abandoned(),
                        report.publishesAbandoned());
    }

    /** What is kept for the last phases when handlers or publishes take all the time that they get. */
    private static Duration reserve(Duration timeout) {
        Duration quarter = timeout.dividedBy(4);
        return quarter.compareTo(LONGEST_RESERVE) < 0 ? quarter : LONGEST_RESERVE;
    }
}
