package io.eventbus;

import java.util.concurrent.CompletionStage;

/** A handler's place in the bus, from {@code subscribe} to {@link #close}. Thread-safe. */
public interface Subscription extends AutoCloseable {

    /**
     * Completes when everything that is published from then on reaches the handler. Of a subscription that was made
     * before {@link EventBus#start()}, it completes no later than that returns.
     *
     * @return fails with an {@link EventBusException} if the subscription ends before, or if the broker refuses for good, in
     *     which case the bus keeps trying and the health says so; completes on the callback thread of the bus
     */
    CompletionStage<Void> ready();

    /**
     * Ends the subscription. When this returns no handler of it runs or starts; it waits for those that run, at most the
     * bus's close time-out. Called by a handler, or anything else on a thread of the bus, it returns at once, and that
     * becomes true behind it. If it was the last subscription of the group, what was not handled stays in the group's
     * backlog; events that only this one of several selects are filtered out from now on. An ephemeral subscription leaves
     * nothing. Idempotent.
     */
    @Override
    void close();
}
