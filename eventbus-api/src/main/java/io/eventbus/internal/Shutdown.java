package io.eventbus.internal;

import java.time.Duration;
import java.util.List;

/**
 * The phases of the end of a bus, under one deadline: take no more, let handlers finish (which may still publish), let
 * publishes complete, leave the groups, close the sessions and the transport, stop the threads.
 */
final class Shutdown {
    private static final Duration LONGEST_RESERVE = Duration.ofMillis(500);

    private final Parts parts;
    private final Subscriptions subscriptions;

    Shutdown(Parts parts, Subscriptions subscriptions) {
        this.parts = parts;
        this.subscriptions = subscriptions;
    }

    void run() {
        Duration timeout = parts.config().closeTimeout();
        Deadline end = Deadline.in(timeout);
        Deadline drained = Deadline.in(timeout.minus(reserve(timeout)));
        subscriptions.stop();
        List<GroupConsumer> consumers = subscriptions.consumers();
        consumers.forEach(GroupConsumer::drain);
        consumers.forEach(consumer -> consumer.awaitIdle(drained));
        parts.pipeline().stop(drained);
        consumers.forEach(consumer -> consumer.leave(end));
        parts.pipeline().awaitEnd(end);
        parts.errors().closeQuietly("the transport", parts.transport());
        parts.threads().stop(end.remaining());
    }

    /** What is kept for the last phases when handlers or publishes take all the time that they get. */
    private static Duration reserve(Duration timeout) {
        Duration quarter = timeout.dividedBy(4);
        return quarter.compareTo(LONGEST_RESERVE) < 0 ? quarter : LONGEST_RESERVE;
    }
}
