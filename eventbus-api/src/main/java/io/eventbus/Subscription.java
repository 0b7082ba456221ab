package io.eventbus;

import java.util.concurrent.CompletionStage;

/** A handler's place in the bus, from {@code subscribe} to {@link #close}. Thread-safe. */
public interface Subscription extends AutoCloseable {

    /**
     * Completes when everything that is published from then on reaches the handler. Of a subscription that was made
     * before {@link EventBus#start()}, it completes no later than that returns.
     *
     * @return fails with an {@link EventBusException} if the bus is closed before; completes on a thread of the bus
     */
    CompletionStage<Void> ready();

    /**
     * Ends the subscription. When this returns no handler of it runs or starts, unless it is called by that handler
     * itself. The group keeps its backlog; an ephemeral subscription leaves nothing. Idempotent.
     */
    @Override
    void close();
}
