package io.eventbus;

import io.eventbus.spi.Capability;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * One application's place on one topic: publishes events and handles them, alone or sharing the work with the other
 * members of its group. Thread-safe. Has one implementation; it is an interface so that an application can stand in for
 * it in its own tests.
 *
 * <p>Life: {@link EventBusBuilder#build()} validates and touches nothing, {@link #start()} connects and returns when
 * everything that is published from then on arrives, {@link #close()} ends it for good. Subscribing is possible before and
 * after the start. A bus without subscriptions is a publisher. Lost connections are opened again by the bus itself.
 *
 * <p>Delivery is at least once: an event is settled only when every handler that selects it has succeeded, or when it is
 * stored in the dead letters. Events with the same key are handled one after the other in the order in which they were
 * published, also across retries; events of different keys, and events without a key, are handled side by side.
 */
public interface EventBus extends AutoCloseable {

    /**
     * Begins a bus.
     *
     * @return a builder for one bus
     */
    static EventBusBuilder builder() {
        return new EventBusBuilder();
    }

    /**
     * Connects, and waits until every subscription is ready.
     *
     * @throws BrokerException if the broker cannot be reached or refuses; the bus is then closed
     * @throws BusStateException if it was started before
     * @throws BusClosedException if it is closed, before or meanwhile
     */
    void start();

    /**
     * Publishes an event and waits until the broker has taken responsibility for it.
     *
     * @param event an instance of a registered class, a {@link RawEvent}, or an {@link Event} of either
     * @throws InvalidEventException if it cannot be published as it is; nothing was sent
     * @throws PublishException if it was not accepted in time, or that is not known; an interrupt has that effect too, and
     *     keeps the thread's interrupt flag
     * @throws BusStateException if the bus is not started
     * @throws BusClosedException if the bus is closed, or is being closed and its handlers have ended; nothing was sent
     */
    void publish(Object event);

    /**
     * Publishes events in their order and waits for all, at most the publish time-out for all together. An event that fails
     * does not hold up the others.
     *
     * @param events each as for {@link #publish(Object)}; an empty list does nothing
     * @throws BatchPublishException if any failed, with an outcome for each event in the order of the list
     * @throws BusStateException if the bus is not started
     * @throws BusClosedException if the bus is closed, or is being closed and its handlers have ended; nothing was sent
     */
    void publish(List<?> events);

    /**
     * Publishes an event without waiting for the broker. Waits for room if too many publishes are open, at most the
     * publish time-out.
     *
     * @param event as for {@link #publish(Object)}; copied before this method returns
     * @return completes when the broker has taken responsibility, or fails as {@link #publish(Object)} does, in every case
     *     within the publish time-out; on the callback thread of the bus, which all its stages share: what blocks there, such
     *     as waiting for another stage, holds up the others. When the bus has ended, or the process has no thread left, on whatever
     *     thread ends the publish
     * @throws BusStateException if the bus is not started
     * @throws BusClosedException as {@link #publish(Object)} does, not through the stage
     */
    CompletionStage<Void> publishAsync(Object event);

    /**
     * Publishes events in their order without waiting for the broker. Waits for room if too many publishes are open.
     *
     * @param events as for {@link #publish(List)}
     * @return completes when the broker has taken responsibility for all, or fails as {@link #publish(List)} does, in every
     *     case within the publish time-out for all together
     * @throws BusStateException if the bus is not started
     * @throws BusClosedException as {@link #publish(Object)} does, not through the stage
     */
    CompletionStage<Void> publishAsync(List<?> events);

    /**
     * Subscribes to a selection of events.
     *
     * @param binding which events
     * @param handler handles them
     * @param options how
     * @param <T> the payload's type
     * @return the subscription, in force until it or the bus is closed
     * @throws ConfigurationException if the class is not registered, or the bus has no group and the subscription is not
     *     ephemeral
     * @throws BusClosedException if the bus is closed
     */
    <T> Subscription subscribe(Binding<T> binding, EventHandler<T> handler, SubscriptionOptions options);

    /**
     * Subscribes to a selection of events with a handler that holds no thread.
     *
     * @param binding which events
     * @param handler handles them
     * @param options how
     * @param <T> the payload's type
     * @return the subscription, in force until it or the bus is closed
     * @throws ConfigurationException as {@link #subscribe(Binding, EventHandler, SubscriptionOptions)}
     * @throws BusClosedException if the bus is closed
     */
    <T> Subscription subscribeAsync(Binding<T> binding, AsyncEventHandler<T> handler, SubscriptionOptions options);

    /**
     * Subscribes to a selection of events.
     *
     * @param binding which events
     * @param handler handles them
     * @param <T> the payload's type
     * @return as {@link #subscribe(Binding, EventHandler, SubscriptionOptions)}
     */
    default <T> Subscription subscribe(Binding<T> binding, EventHandler<T> handler) {
        return subscribe(binding, handler, SubscriptionOptions.defaults());
    }

    /**
     * Subscribes to the events of one class.
     *
     * @param eventType a registered class, matched exactly
     * @param handler handles them
     * @param <T> the class
     * @return as {@link #subscribe(Binding, EventHandler, SubscriptionOptions)}
     */
    default <T> Subscription subscribe(Class<T> eventType, EventHandler<T> handler) {
        return subscribe(Binding.type(eventType), handler, SubscriptionOptions.defaults());
    }

    /**
     * Subscribes to the events of one class.
     *
     * @param eventType a registered class, matched exactly
     * @param handler handles them
     * @param options how
     * @param <T> the class
     * @return as {@link #subscribe(Binding, EventHandler, SubscriptionOptions)}
     */
    default <T> Subscription subscribe(Class<T> eventType, EventHandler<T> handler, SubscriptionOptions options) {
        return subscribe(Binding.type(eventType), handler, options);
    }

    /**
     * Subscribes to the events of one class with a handler that holds no thread.
     *
     * @param eventType a registered class, matched exactly
     * @param handler handles them
     * @param <T> the class
     * @return as {@link #subscribeAsync(Binding, AsyncEventHandler, SubscriptionOptions)}
     */
    default <T> Subscription subscribeAsync(Class<T> eventType, AsyncEventHandler<T> handler) {
        return subscribeAsync(Binding.type(eventType), handler, SubscriptionOptions.defaults());
    }

    /**
     * Subscribes a handler that names its events itself.
     *
     * @param subscriber asked once for its events
     * @return as {@link #subscribe(Binding, EventHandler, SubscriptionOptions)}
     */
    Subscription subscribeAll(EventSubscriber subscriber);

    /**
     * Subscribes to every event of the topic. Called after the handlers of more specific subscriptions.
     *
     * @param handler handles them
     * @return as {@link #subscribe(Binding, EventHandler, SubscriptionOptions)}
     */
    default Subscription subscribeToAllEvents(EventHandler<Object> handler) {
        return subscribe(Binding.fanout(), handler, SubscriptionOptions.defaults());
    }

    /**
     * The dead letters of the bus's group.
     *
     * @return a view that lives as long as the bus
     * @throws ConfigurationException if the bus has no group
     */
    DeadLetters deadLetters();

    /**
     * What the bus has done so far.
     *
     * @return a snapshot; costs little and never blocks
     */
    BusStats stats();

    /**
     * Whether the bus runs and reaches its broker, and the broker takes what it is sent.
     *
     * @return the verdict; never blocks and never throws
     */
    Health health();

    /**
     * Asks the broker how the bus's group stands. Blocks.
     *
     * @return what the broker knows
     * @throws ConfigurationException if the bus has no group
     * @throws BrokerException if the broker does not answer
     */
    QueueInfo queueInfo();

    /**
     * How many subscriptions there are.
     *
     * @return those of all kinds
     */
    int subscriberCount();

    /**
     * How many subscriptions name a class.
     *
     * @param eventType the class
     * @return those that select it by type
     */
    int subscriberCount(Class<?> eventType);

    /**
     * How many subscriptions select every event.
     *
     * @return those made by {@link #subscribeToAllEvents} or with {@link Binding#fanout()}
     */
    int wildcardSubscriberCount();

    /**
     * What the transport can do.
     *
     * @return the declared capabilities
     */
    Set<Capability> capabilities();

    /**
     * The escape hatch to the client library.
     *
     * @param nativeType a type that the transport documents
     * @param <T> the type
     * @return the client's object, or empty if the transport has none of that type
     */
    <T> Optional<T> unwrap(Class<T> nativeType);

    /**
     * Ends the bus within its close time-out: no new deliveries are taken, running handlers finish and may still publish. Then no
     * publish is taken any more, those that are under way complete, and what was fetched and not handled goes back to the
     * group. Handlers that are still running at the end of the time are interrupted and left behind; their events are delivered
     * again. Idempotent; any thread may call it, and every call returns when the bus is closed. Called by a handler it does not
     * wait for that handler; of the events that wait for one, none is begun any more when it returns. A caller that is
     * interrupted while it waits returns at once with its interrupt flag set, and the bus closes behind it. What became of
     * everything is in {@link #shutdownReport} and in the log.
     */
    @Override
    void close();

    /**
     * What became of what the bus had when it was closed.
     *
     * @return the report, or empty as long as the bus is not closed
     */
    Optional<ShutdownReport> shutdownReport();
}
