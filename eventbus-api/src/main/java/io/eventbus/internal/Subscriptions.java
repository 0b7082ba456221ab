package io.eventbus.internal;

import io.eventbus.AsyncEventHandler;
import io.eventbus.Binding;
import io.eventbus.BusClosedException;
import io.eventbus.BusConfig;
import io.eventbus.ConfigurationException;
import io.eventbus.SubscriptionOptions;
import io.eventbus.spi.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of a bus and the memberships that they need: one in the bus's group for all that are durable, and one
 * for each that is ephemeral. Thread-safe.
 */
final class Subscriptions implements Registration.Owner {
    private final Parts parts;
    private final BusConfig config;
    private final List<Registration> registrations = new CopyOnWriteArrayList<>();
    private final List<GroupConsumer> consumers = new CopyOnWriteArrayList<>();
    private final Object lock = new Object();

    /** These two are guarded by the lock. */
    private @Nullable GroupConsumer shared;

    private @Nullable GroupConsumer sharedBefore;

    private Phase phase = Phase.NEW;

    /** Whether subscriptions join their group at once. */
    private enum Phase {
        NEW,
        STARTED,
        STOPPED
    }

    Subscriptions(Parts parts) {
        this.parts = parts;
        this.config = parts.config();
    }

    Registration add(Binding<?> binding, AsyncEventHandler<Object> handler, String name, SubscriptionOptions options) {
        if (!options.ephemeral() && config.group() == null) {
            throw new ConfigurationException(List.of(
                    "a subscription that is not ephemeral needs a group; give the builder one with group(...)"));
        }
        Selector selector = parts.makeSelector(binding);
        Registration registration = new Registration(
                selector,
                handler,
                name,
                options,
                config.retry(),
                parts.threads().callbacks(),
                this);
        synchronized (lock) {
            parts.lifecycle().requireNotClosed();
            registrations.add(registration);
            if (phase == Phase.STARTED) {
                join(registration);
            }
        }
        return registration;
    }

    /** Joins the groups of the subscriptions that there are; completes when all are ready, or one has failed. */
    CompletableFuture<Void> start() {
        synchronized (lock) {
            parts.lifecycle().requireNotClosed();
            phase = Phase.STARTED;
            registrations.forEach(this::join);
        }
        return FailFast.allOf(
                registrations.stream().map(Registration::readiness).toList());
    }

    /** Joins no group any more. */
    void stop() {
        synchronized (lock) {
            phase = Phase.STOPPED;
        }
    }

    List<GroupConsumer> consumers() {
        return consumers;
    }

    /** How many deliveries are with this bus now. */
    int inFlight() {
        return consumers.stream().mapToInt(GroupConsumer::inFlight).sum();
    }

    int count(Predicate<Registration> wanted) {
        return (int) registrations.stream().filter(wanted).count();
    }

    @Override
    public void pauseChanged(Registration registration) {
        consumers.stream()
                .filter(consumer -> consumer.isEphemeral() == registration.isEphemeral())
                .forEach(GroupConsumer::pauseChanged);
    }

    /** Guarded by the lock. */
    private void join(Registration registration) {
        GroupConsumer consumer = registration.isEphemeral() ? null : shared;
        if (consumer != null) {
            consumer.add(registration);
            return;
        }
        boolean own = registration.isEphemeral();
        GroupConsumer fresh = new GroupConsumer(parts, group(registration), own, own ? null : sharedBefore);
        if (!own) {
            shared = fresh;
        }
        consumers.add(fresh);
        fresh.add(registration);
        fresh.start();
    }

    private Group group(Registration registration) {
        String durable = config.group();
        String name = registration.isEphemeral() || durable == null ? "ephemeral-" + UUID.randomUUID() : durable;
        return new Group(config.topic(), name);
    }

    /**
     * The last of a group leaves it before its handlers are shut out: what it has not handled stays in the group's
     * backlog. Called by one of the bus's own threads it returns at once and the rest is done behind it.
     */
    @Override
    public void close(Registration registration) {
        List<GroupConsumer> left = new ArrayList<>();
        boolean first;
        synchronized (lock) {
            first = registrations.remove(registration);
        }
        if (!first) {
            registration.awaitEnd(parts.threads().isOwn());
            return;
        }
        synchronized (lock) {
            consumers.stream()
                    .filter(consumer -> consumer.isLastOrRemove(registration))
                    .forEach(left::add);
            if (shared != null && left.contains(shared)) {
                sharedBefore = shared;
                shared = null;
            }
        }
        if (left.isEmpty()) {
            registration.shut();
            pauseChanged(registration);
        }
        if (parts.threads().isOwn()) {
            left.forEach(GroupConsumer::drain);
            parts.threads().start("leaver", false, () -> finish(registration, left));
        } else {
            finish(registration, left);
        }
    }

    private void finish(Registration registration, List<GroupConsumer> left) {
        Deadline deadline = Deadline.in(config.closeTimeout());
        left.forEach(GroupConsumer::drain);
        left.forEach(consumer -> consumer.awaitIdle(deadline));
        registration.shut();
        registration.awaitQuiet(deadline);
        left.forEach(consumer -> consumer.leave(deadline));
        consumers.removeAll(left);
        registration.ended();
        registration.failReady(new BusClosedException("the subscription was closed before it was ready"));
    }
}
