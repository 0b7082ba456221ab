package io.eventbus.internal;

import io.eventbus.BatchPublishException;
import io.eventbus.Binding;
import io.eventbus.BrokerException;
import io.eventbus.BusClosedException;
import io.eventbus.BusConfig;
import io.eventbus.EventBus;
import io.eventbus.EventContext;
import io.eventbus.EventHandler;
import io.eventbus.Health;
import io.eventbus.PublishException;
import io.eventbus.PublishOutcome;
import io.eventbus.ShutdownReport;
import io.eventbus.Subscription;
import io.eventbus.SubscriptionOptions;
import io.eventbus.spi.Transport;
import io.eventbus.spi.TransportException.Outcome;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Buses whose own methods do something else than they should. */
public final class BrokenBus {

    private static final Queue<EventBus> REMEMBERED = new ConcurrentLinkedQueue<>();
    private static final long LINGER_NANOS = 300_000_000;
    private static final long SLOW_ANSWER_NANOS = 1_100_000_000;

    private BrokenBus() {}

    /** Closing happens behind the back of who closes. */
    public static EventBus closesLater(BusConfig config, Transport transport) {
        return around(new Engine(config, transport), call -> {
            if (!call.is("close")) {
                return call.proceed();
            }
            startThread(call.bus()::close);
            return null;
        });
    }

    /** Closing waits for handlers longer than it may. */
    public static EventBus closesWhenIdle(BusConfig config, Transport transport) {
        return around(new Engine(config, transport), call -> {
            Deadline patience = Deadline.in(config.closeTimeout().multipliedBy(3));
            while (call.is("close") && call.bus().stats().inFlight() > 0 && !patience.isOver()) {
                LockSupport.parkNanos(1_000_000);
            }
            return call.proceed();
        });
    }

    /** Closing a second time is refused. */
    public static EventBus closesOnce(BusConfig config, Transport transport) {
        AtomicInteger closed = new AtomicInteger();
        return around(new Engine(config, transport), call -> {
            if (call.is("close") && closed.incrementAndGet() > 1) {
                throw new BusClosedException("it was closed before");
            }
            return call.proceed();
        });
    }

    /** What is published after closing goes nowhere, and nobody is told. */
    public static EventBus publishesWhenClosed(BusConfig config, Transport transport) {
        return around(new Engine(config, transport), call -> {
            try {
                return call.proceed();
            } catch (BusClosedException e) {
                return call.is("publishAsync") ? CompletableFuture.completedFuture(null) : null;
            }
        });
    }

    /** A closed bus is never forgotten. */
    public static EventBus remembers(BusConfig config, Transport transport) {
        EventBus bus = new Engine(config, transport);
        REMEMBERED.add(bus);
        return bus;
    }

    /** A publish that fails is never completed. */
    public static EventBus neverCompletes(BusConfig config, Transport transport) {
        return around(new Engine(config, transport), call -> {
            if (call.is("publishAsync")) {
                CompletableFuture<Object> well = new CompletableFuture<>();
                ((CompletionStage<?>) call.proceed()).thenAccept(well::complete);
                return well;
            }
            return call.proceed();
        });
    }

    /** What is refused once the bus is being closed counts as published. */
    public static EventBus acceptsAtClose(BusConfig config, Transport transport) {
        AtomicInteger closing = new AtomicInteger();
        return around(new Engine(config, transport), call -> {
            if (call.is("close")) {
                closing.incrementAndGet();
            }
            if (!call.is("publishAsync")) {
                return call.proceed();
            }
            return ((CompletionStage<?>) call.proceed())
                    .exceptionallyCompose(failure -> closing.get() > 0
                            ? CompletableFuture.completedFuture(null)
                            : CompletableFuture.failedFuture(failure));
        });
    }

    /** Not even handlers may publish once the bus is being closed. */
    public static EventBus refusesHandlersAtClose(BusConfig config, Transport transport) {
        return new Engine(new Parts(config, transport) {
            @Override
            Lifecycle makeLifecycle(String bus) {
                return new Lifecycle(bus) {
                    @Override
                    void requireStarted() {
                        super.requireStarted();
                        requireNotClosed();
                    }
                };
            }
        });
    }

    /** Publishes are taken for as long as the bus closes, so that whoever goes on publishing keeps it from closing. */
    public static EventBus takesUntilClosed(BusConfig config, Transport transport) {
        return new Engine(new Parts(config, transport) {
            @Override
            Lifecycle makeLifecycle(String bus) {
                return new Lifecycle(bus) {
                    @Override
                    void drained() {}
                };
            }
        });
    }

    /** Of a publish that fails no more is told than that. */
    public static EventBus failsVaguely(BusConfig config, Transport transport) {
        return around(new Engine(config, transport), call -> {
            if (!call.is("publishAsync")) {
                return call.proceed();
            }
            CompletableFuture<Object> told = new CompletableFuture<>();
            ((CompletionStage<?>) call.proceed()).whenComplete((done, failure) -> {
                if (failure == null) {
                    told.complete(done);
                } else {
                    told.completeExceptionally(vague(failure));
                }
            });
            return told;
        });
    }

    private static Throwable vague(Throwable failure) {
        return failure instanceof PublishException known
                ? new PublishException(known.eventId(), known.outcome(), "publishing failed", null)
                : failure;
    }

    /** What follows a publish does not know in which handler that was. */
    public static EventBus forgetsOrigin(BusConfig config, Transport transport) {
        return around(new Engine(config, transport), call -> {
            if (!call.is("publishAsync")) {
                return call.proceed();
            }
            CompletableFuture<Object> stage = new CompletableFuture<>();
            ((CompletionStage<?>) call.proceed())
                    .thenAccept(done -> EventContext.run(null, () -> stage.complete(done)));
            return stage;
        });
    }

    /** What comes after a failure in a list is reported as failed. */
    public static EventBus failsTheRest(BusConfig config, Transport transport) {
        return around(new Engine(config, transport), call -> {
            try {
                return call.proceed();
            } catch (BatchPublishException e) {
                List<PublishOutcome> falsified = new ArrayList<>();
                for (PublishOutcome outcome : e.outcomes()) {
                    boolean failed = !falsified.isEmpty()
                            && !falsified.get(falsified.size() - 1).accepted();
                    falsified.add(
                            failed
                                    ? new PublishOutcome(
                                            outcome.eventId(),
                                            falsified
                                                    .get(falsified.size() - 1)
                                                    .problem()
                                                    .orElseThrow())
                                    : outcome);
                }
                throw new BatchPublishException(falsified);
            }
        });
    }

    /** Closing a subscription does nothing. */
    public static EventBus keepsSubscriptions(BusConfig config, Transport transport) {
        return lacking("close", config, transport);
    }

    /** Pausing a subscription does nothing. */
    public static EventBus ignoresPause(BusConfig config, Transport transport) {
        return lacking("pause", config, transport);
    }

    /** A bus whose subscriptions do nothing when one method is called. */
    private static EventBus lacking(String method, BusConfig config, Transport transport) {
        return around(new Engine(config, transport), call -> {
            Object result = call.proceed();
            if (!(result instanceof Subscription original)) {
                return result;
            }
            return Proxy.newProxyInstance(
                    Subscription.class.getClassLoader(),
                    new Class<?>[] {Subscription.class},
                    (proxy, called, args) -> called.getName().equals(method) ? null : called.invoke(original, args));
        });
    }

    /** Closing takes a while, whatever there is to do. */
    public static EventBus lingers(BusConfig config, Transport transport) {
        return around(new Engine(config, transport), call -> {
            Object result = call.proceed();
            if (call.is("close")) {
                LockSupport.parkNanos(LINGER_NANOS);
            }
            return result;
        });
    }

    /** Says of each close that there was nothing to do. */
    public static EventBus reportsNothing(BusConfig config, Transport transport) {
        return around(
                new Engine(config, transport),
                call -> call.is("shutdownReport")
                        ? Optional.of(new ShutdownReport(Duration.ZERO, 0, 0, 0, 0))
                        : call.proceed());
    }

    /** An interrupt that ends a publish is forgotten. */
    public static EventBus swallowsInterrupts(BusConfig config, Transport transport) {
        return around(new Engine(config, transport), call -> {
            try {
                return call.proceed();
            } catch (PublishException e) {
                Thread.interrupted();
                throw e;
            }
        });
    }

    /** A subscription with several bindings becomes several subscriptions. */
    public static EventBus subscribesEach(BusConfig config, Transport transport) {
        return around(new Engine(config, transport), call -> {
            boolean each = call.is("subscribe") && call.args()[0] instanceof Binding.AnyOf;
            return each ? subscribeEach(call) : call.proceed();
        });
    }

    @SuppressWarnings("unchecked") // the one method that takes a binding takes such a handler
    private static Subscription subscribeEach(Call call) {
        EventHandler<Object> handler = (EventHandler<Object>) call.args()[1];
        SubscriptionOptions options =
                call.args().length > 2 ? (SubscriptionOptions) call.args()[2] : SubscriptionOptions.defaults();
        List<Binding<?>> bindings = ((Binding.AnyOf) call.args()[0]).bindings();
        return bindings.stream()
                .map(binding -> call.bus().subscribe((Binding<Object>) binding, handler, options))
                .reduce((first, last) -> last)
                .orElseThrow();
    }

    /** Healthy, whatever happens. */
    public static EventBus alwaysUp(BusConfig config, Transport transport) {
        return around(
                new Engine(config, transport),
                call -> call.is("health") ? new Health(Health.Status.UP, "", Instant.now()) : call.proceed());
    }

    /** Does not answer at once when it is not well. */
    public static EventBus answersLate(BusConfig config, Transport transport) {
        return around(new Engine(config, transport), call -> {
            Object result = call.proceed();
            if (result instanceof Health health && health.status() == Health.Status.DOWN) {
                LockSupport.parkNanos(SLOW_ANSWER_NANOS);
            }
            return result;
        });
    }

    /** Says nothing when it cannot start. */
    public static EventBus startsAnyway(BusConfig config, Transport transport) {
        return around(new Engine(config, transport), call -> {
            try {
                return call.proceed();
            } catch (BrokerException e) {
                return null;
            }
        });
    }

    /** What may have been accepted is published again. */
    @SuppressWarnings("unchecked") // what publishAsync returns
    public static EventBus publishesUnknownAgain(BusConfig config, Transport transport) {
        return around(new Engine(config, transport), call -> {
            Object result = call.proceed();
            return call.is("publishAsync") && !(call.args()[0] instanceof List)
                    ? again(call, (CompletionStage<Void>) result)
                    : result;
        });
    }

    private static CompletionStage<Void> again(Call call, CompletionStage<Void> first) {
        return first.handle((done, failure) ->
                        failure instanceof PublishException problem && problem.outcome() == Outcome.UNKNOWN
                                ? call.bus().publishAsync(call.args()[0])
                                : first)
                .thenCompose(last -> last);
    }

    /** Shows its whole configuration. */
    public static EventBus printsAll(BusConfig config, Transport transport) {
        return around(
                new Engine(config, transport),
                call -> call.is("toString")
                        ? config.transport().url() + " " + config.transport().options()
                        : call.proceed());
    }

    /** What a bus does when it is called. */
    private interface Behaviour {
        Object on(Call call) throws Throwable;
    }

    /** A call of a method of a bus. */
    private record Call(EventBus bus, Method method, Object[] args) {

        boolean is(String name) {
            return method.getName().equals(name);
        }

        Object proceed() throws Throwable {
            try {
                return method.invoke(bus, args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }
    }

    private static EventBus around(EventBus bus, Behaviour behaviour) {
        return (EventBus) Proxy.newProxyInstance(
                EventBus.class.getClassLoader(),
                new Class<?>[] {EventBus.class},
                (proxy, method, args) -> behaviour.on(new Call(bus, method, args)));
    }

    private static void startThread(Runnable task) {
        Thread thread = new Thread(task, "closes later");
        thread.setDaemon(true);
        thread.start();
    }
}
