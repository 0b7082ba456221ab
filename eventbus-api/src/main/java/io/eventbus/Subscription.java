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
     * Starts the handler no more until {@link #resume}; one that runs goes on. An event that the subscription selects waits
     * before its handler, unsettled and without a thread, and with it what comes later of its key: handlers that follow in the
     * event's order wait too, events that only other subscriptions select do not. What is held counts as in flight, so once
     * there is no more room the bus takes no more for the whole group. While every subscription of the group is paused it takes
     * nothing, and leaves what it has not fetched yet to other members, unless the broker keeps it for this one, as Kafka does
     * with partitions. A broker that limits how long a member may hold an event, as RabbitMQ does, gets back what is held before
     * that time is over, and gives it to any member that is not paused as a whole, this one included: handlers that had the event
     * before the one that is paused get it again then.
     *
     * <p>The membership is kept, for however long. Allowed before {@link EventBus#start()}, and in a handler; without effect on a
     * subscription that is paused or closed.
     */
    void pause();

    /** Lets what was held since {@link #pause} go on, in its order. Without effect on a subscription that is not paused. */
    void resume();

    /**
     * Whether it is paused.
     *
     * @return true between {@link #pause} and {@link #resume}
     */
    boolean isPaused();

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
