package io.eventbus.internal;

import io.eventbus.AsyncEventHandler;
import io.eventbus.Binding;
import io.eventbus.BusConfig;
import io.eventbus.BusStats;
import io.eventbus.DeadLetters;
import io.eventbus.EventBus;
import io.eventbus.EventHandler;
import io.eventbus.EventSubscriber;
import io.eventbus.Health;
import io.eventbus.QueueInfo;
import io.eventbus.Subscription;
import io.eventbus.SubscriptionOptions;
import io.eventbus.spi.Capability;
import io.eventbus.spi.Transport;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Being written. */
public final class Engine implements EventBus {
    public Engine(BusConfig config, Transport transport) {}

    @Override
    public void start() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void publish(Object event) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void publish(List<?> events) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> publishAsync(Object event) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> publishAsync(List<?> events) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> Subscription subscribe(Binding<T> b, EventHandler<T> h, SubscriptionOptions o) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> Subscription subscribeAsync(Binding<T> b, AsyncEventHandler<T> h, SubscriptionOptions o) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Subscription subscribeAll(EventSubscriber s) {
        throw new UnsupportedOperationException();
    }

    @Override
    public DeadLetters deadLetters() {
        throw new UnsupportedOperationException();
    }

    @Override
    public BusStats stats() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Health health() {
        throw new UnsupportedOperationException();
    }

    @Override
    public QueueInfo queueInfo() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int subscriberCount() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int subscriberCount(Class<?> t) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int wildcardSubscriberCount() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<Capability> capabilities() {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> Optional<T> unwrap(Class<T> t) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
