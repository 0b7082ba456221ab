package io.eventbus.internal;

import io.eventbus.AsyncEventHandler;
import io.eventbus.Binding;
import io.eventbus.BrokerException;
import io.eventbus.BusConfig;
import io.eventbus.BusStats;
import io.eventbus.ConfigurationException;
import io.eventbus.DeadLetters;
import io.eventbus.Event;
import io.eventbus.EventBus;
import io.eventbus.EventBusException;
import io.eventbus.EventHandler;
import io.eventbus.EventSubscriber;
import io.eventbus.Health;
import io.eventbus.QueueInfo;
import io.eventbus.ShutdownReport;
import io.eventbus.Subscription;
import io.eventbus.SubscriptionOptions;
import io.eventbus.spi.Capability;
import io.eventbus.spi.Group;
import io.eventbus.spi.GroupInfo;
import io.eventbus.spi.Transport;
import io.eventbus.spi.TransportException;
import io.eventbus.spi.TransportException.Kind;
import io.eventbus.spi.TransportException.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The bus: connects the parts and holds none of their semantics. Made by the builder only. */
public final class Engine implements EventBus {
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    /** How much longer than the open time-out a transport may take to say that it was exceeded. */
    private static final Duration OPEN_SLACK = Duration.ofMillis(500);

    private final Parts parts;
    private final BusConfig config;
    private final Lifecycle lifecycle;
    private final Subscriptions subscriptions;
    private final HealthCheck healthCheck;
    private final Publisher publisher;
    private final JvmShutdown jvmShutdown;
    private final Object shutdownLock = new Object();

    /**
     * A bus that is not started.
     *
     * @param config checked
     * @param transport its driver, owned by the bus from now on
     */
    public Engine(BusConfig config, Transport transport) {
        this(new Parts(config, transport));
    }

    Engine(Parts parts) {
        this.parts = parts;
        this.config = parts.config();
        this.lifecycle = parts.lifecycle();
        this.subscriptions = new Subscriptions(parts);
        this.healthCheck = new HealthCheck(parts, subscriptions);
        this.publisher = new Publisher(parts);
        this.jvmShutdown = new JvmShutdown(parts.threads(), this::close);
    }

    @Override
    public void start() {
        lifecycle.starting();
        if (config.closeOnJvmShutdown()) {
            jvmShutdown.await();
        }
        Throwable failure = failureOf(FailFast.allOf(List.of(parts.pipeline().start(), subscriptions.start())));
        if (failure == null && lifecycle.running()) {
            parts.healthWatch().begin(this::health);
            return;
        }
        close();
        throw failure == null ? lifecycle.closedException() : startFailed(failure);
    }

    @Override
    public void publish(Object event) {
        lifecycle.requireStarted();
        publisher.publish(event);
    }

    @Override
    public void publish(List<?> events) {
        lifecycle.requireStarted();
        publisher.publish(events);
    }

    @Override
    public CompletionStage<Void> publishAsync(Object event) {
        lifecycle.requireStarted();
        return publisher.publishAsync(event);
    }

    @Override
    public CompletionStage<Void> publishAsync(List<?> events) {
        lifecycle.requireStarted();
        return publisher.publishAsync(events);
    }

    @Override
    public <T> Subscription subscribe(Binding<T> binding, EventHandler<T> handler, SubscriptionOptions options) {
        return register(binding, synchronous(handler), handler, options);
    }

    @Override
    public <T> Subscription subscribeAsync(
            Binding<T> binding, AsyncEventHandler<T> handler, SubscriptionOptions options) {
        return register(binding, handler, handler, options);
    }

    @Override
    public Subscription subscribeAll(EventSubscriber subscriber) {
        List<Binding<?>> bindings = new ArrayList<>();
        subscriber.subscribedTo().forEach(eventType -> bindings.add(Binding.type(eventType)));
        if (bindings.isEmpty()) {
            throw new ConfigurationException(
                    List.of(subscriber.getClass().getName() + " subscribes to no event; subscribedTo() is empty"));
        }
        EventHandler<Object> handler = subscriber::handle;
        return register(new Binding.AnyOf(bindings), synchronous(handler), subscriber, SubscriptionOptions.defaults());
    }

    @Override
    public DeadLetters deadLetters() {
        return new DeadLetterDesk(parts, group());
    }

    @Override
    public BusStats stats() {
        int full = (int)
                subscriptions.consumers().stream().filter(GroupConsumer::isFull).count();
        return parts.stats()
                .snapshot(
                        subscriptions.inFlight(),
                        parts.pipeline().open(),
                        subscriptions.count(Registration::isPaused),
                        full);
    }

    @Override
    public Health health() {
        return healthCheck.health();
    }

    @Override
    public QueueInfo queueInfo() {
        Group group = group();
        lifecycle.requireStarted();
        try {
            GroupInfo info = parts.transport().admin().describe(group);
            return new QueueInfo(
                    group.topic(), group.name(), info.name(), info.backlog(), info.members(), info.deadLetters());
        } catch (TransportException e) {
            throw new BrokerException("asking about " + group + " failed: " + e.getMessage(), e);
        }
    }

    @Override
    public int subscriberCount() {
        return subscriptions.count(registration -> true);
    }

    @Override
    public int subscriberCount(Class<?> eventType) {
        return subscriptions.count(
                registration -> registration.selector().types().contains(eventType));
    }

    @Override
    public int wildcardSubscriberCount() {
        return subscriptions.count(registration -> registration.selector().wildcard());
    }

    @Override
    public Set<Capability> capabilities() {
        return parts.transport().capabilities();
    }

    @Override
    public <T> Optional<T> unwrap(Class<T> nativeType) {
        return parts.transport().unwrap(nativeType);
    }

    @Override
    public void close() {
        beginShutdown();
        if (!parts.threads().isOwn()) {
            lifecycle.awaitClosed();
        }
    }

    @Override
    public Optional<ShutdownReport> shutdownReport() {
        return Optional.ofNullable(lifecycle.report());
    }

    /** Says which bus it is; the configuration may hold secrets and is left out. */
    @Override
    public String toString() {
        String namespace = config.namespace() == null ? "" : "namespace " + config.namespace() + ", ";
        return "EventBus[" + namespace + "topic " + config.topic() + ", group " + config.group() + ", "
                + lifecycle.state() + "]";
    }

    /** Once. Whoever is not the first waits until the first has begun: when this returns to a handler, nothing waits for one. */
    private void beginShutdown() {
        synchronized (shutdownLock) {
            if (lifecycle.closing()) {
                Shutdown shutdown = new Shutdown(parts, subscriptions);
                subscriptions.consumers().forEach(GroupConsumer::drain);
                parts.threads().start("closer", true, () -> shutDown(shutdown));
            }
        }
    }

    /** On a thread of its own, which no caller of close can interrupt. */
    private void shutDown(Shutdown shutdown) {
        try {
            shutdown.run();
        } finally {
            jvmShutdown.forget();
            lifecycle.closed(shutdown.report());
        }
    }

    private @Nullable Throwable failureOf(CompletableFuture<Void> opening) {
        Duration patience = config.openTimeout().plus(OPEN_SLACK);
        try {
            opening.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return timeout("the thread was interrupted while it waited for the broker", e);
        } catch (TimeoutException e) {
            return timeout("not ready within " + config.openTimeout().toMillis() + " ms", e);
        } catch (CancellationException e) {
            return lifecycle.closedException();
        }
    }

    private static TransportException timeout(String message, Exception cause) {
        return new TransportException(Kind.TIMEOUT, Outcome.UNKNOWN, message, cause);
    }

    /** Whichever session failed first, the broker's answer is told in the same way. */
    private EventBusException startFailed(Throwable failure) {
        if (failure instanceof BrokerException joining && joining.getCause() instanceof TransportException cause) {
            return startFailed(cause);
        }
        if (failure instanceof EventBusException known) {
            return known;
        }
        TransportException cause = SessionOpener.classify(failure);
        return new BrokerException(
                "the bus on topic " + config.topic() + " cannot start: " + cause.getMessage(), cause);
    }

    @SuppressWarnings("unchecked") // the binding's payload type is the handler's
    private <T> Subscription register(
            Binding<T> binding, AsyncEventHandler<T> handler, Object named, SubscriptionOptions options) {
        lifecycle.requireNotClosed();
        AsyncEventHandler<Object> untyped = event -> handler.handle((Event<T>) event);
        return subscriptions.add(binding, untyped, nameOf(named), options);
    }

    /** The class of a handler; of a lambda, the class that it is written in. */
    private static String nameOf(Object handler) {
        String name = handler.getClass().getName();
        int lambda = name.indexOf("$$Lambda");
        return lambda < 0 ? name : name.substring(0, lambda);
    }

    private static <T> AsyncEventHandler<T> synchronous(EventHandler<T> handler) {
        return event -> {
            handler.handle(event);
            return DONE;
        };
    }

    private Group group() {
        String name = config.group();
        if (name == null) {
            throw new ConfigurationException(List.of("the bus has no group; give the builder one with group(...)"));
        }
        return new Group(config.topic(), name);
    }
}
