package io.eventbus.internal;

import io.eventbus.BusConfig;
import io.eventbus.BusError;
import io.eventbus.Event;
import io.eventbus.EventBus;
import io.eventbus.EventContext;
import io.eventbus.HandlerTimeoutException;
import io.eventbus.internal.StatsRecorder.Counter;
import io.eventbus.spi.Destination;
import io.eventbus.spi.Transport;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** Engines that call handlers wrongly. */
public final class BrokenHandlerCall {

    private BrokenHandlerCall() {}

    /** Done when the stage is returned, not when it completes. */
    public static EventBus ignoresStages(BusConfig config, Transport transport) {
        return calledBy(config, transport, parts -> new HandlerCall(parts.threads(), parts.stats()) {
            @Override
            CompletionStage<?> begin(Registration registration, Event<Object> event, TimeLimit limit) {
                CompletableFuture<?> stage =
                        super.begin(registration, event, limit).toCompletableFuture();
                return stage.isDone() ? stage : CompletableFuture.completedFuture(null);
            }
        });
    }

    /** Handlers do not know which event they handle. */
    public static EventBus forgetsContext(BusConfig config, Transport transport) {
        return calledBy(config, transport, parts -> new HandlerCall(parts.threads(), parts.stats()) {
            @Override
            CompletionStage<?> begin(Registration registration, Event<Object> event, TimeLimit limit) {
                CompletableFuture<CompletionStage<?>> stage = new CompletableFuture<>();
                EventContext.run(null, () -> stage.complete(super.begin(registration, event, limit)));
                return stage.join();
            }
        });
    }

    /** What is no exception is overlooked, and nobody goes on with the event. */
    public static EventBus overlooksErrors(BusConfig config, Transport transport) {
        return calledBy(config, transport, parts -> new HandlerCall(parts.threads(), parts.stats()) {
            @Override
            CompletionStage<?> begin(Registration registration, Event<Object> event, TimeLimit limit) {
                try {
                    return registration.handle(event);
                } catch (Exception e) {
                    return CompletableFuture.failedFuture(e);
                } catch (Error e) {
                    return new CompletableFuture<>();
                }
            }
        });
    }

    /** Handlers take as long as they like. */
    public static EventBus ignoresTimeouts(BusConfig config, Transport transport) {
        return calledBy(config, transport, parts -> new HandlerCall(parts.threads(), parts.stats()) {
            @Override
            CompletionStage<?> begin(Registration registration, Event<Object> event, TimeLimit limit) {
                return super.begin(registration, event, null);
            }
        });
    }

    /** What takes too long has failed then, though it still runs. */
    public static EventBus failsEarly(BusConfig config, Transport transport) {
        return calledBy(config, transport, parts -> new HandlerCall(parts.threads(), parts.stats()) {
            @Override
            CompletableFuture<Optional<Throwable>> call(Registration registration, Event<Object> event) {
                Duration timeout = registration.timeout();
                if (timeout == null) {
                    return super.call(registration, event);
                }
                CompletableFuture<Optional<Throwable>> outcome = new CompletableFuture<>();
                parts.threads()
                        .schedule(
                                () -> outcome.complete(
                                        Optional.of(new HandlerTimeoutException(registration.name(), timeout, null))),
                                timeout);
                parts.threads()
                        .handlers()
                        .execute(() -> super.call(registration, event).thenAccept(outcome::complete));
                return outcome;
            }
        });
    }

    /** Failures are not counted. */
    public static EventBus miscounts(BusConfig config, Transport transport) {
        return calledBy(config, transport, parts -> new HandlerCall(parts.threads(), parts.stats()) {
            @Override
            CompletableFuture<Optional<Throwable>> call(Registration registration, Event<Object> event) {
                return super.call(registration, event).whenComplete((failure, defect) -> {
                    if (failure.isPresent()) {
                        parts.stats().count(Counter.FAILURES, -1);
                    }
                });
            }
        });
    }

    /** A failed event is published again in place of an attempt. */
    public static EventBus publishesAgain(BusConfig config, Transport transport) {
        return calledBy(config, transport, parts -> new HandlerCall(parts.threads(), parts.stats()) {
            @Override
            CompletableFuture<Optional<Throwable>> call(Registration registration, Event<Object> event) {
                return super.call(registration, event).thenApply(failure -> {
                    failure.ifPresent(cause -> parts.pipeline()
                            .send(
                                    new Destination.Topic(config.topic()),
                                    parts.envelopes().encode(event)));
                    return Optional.empty();
                });
            }
        });
    }

    /** A retry calls those again that have succeeded. */
    public static EventBus retriesAll(BusConfig config, Transport transport) {
        Map<String, Queue<Registration>> succeeded = new ConcurrentHashMap<>();
        return calledBy(config, transport, parts -> new HandlerCall(parts.threads(), parts.stats()) {
            @Override
            CompletableFuture<Optional<Throwable>> call(Registration registration, Event<Object> event) {
                Queue<Registration> others =
                        succeeded.computeIfAbsent(event.id(), unused -> new ConcurrentLinkedQueue<>());
                others.forEach(other -> {
                    if (event.attempt() > 1) {
                        begin(other, event, null);
                    }
                });
                return super.call(registration, event).whenComplete((failure, defect) -> {
                    if (failure.isEmpty()) {
                        others.add(registration);
                    }
                });
            }
        });
    }

    /** One payload for all handlers and attempts. */
    public static EventBus sharesPayload(BusConfig config, Transport transport) {
        Map<String, Object> payloads = new ConcurrentHashMap<>();
        return calledBy(config, transport, parts -> new HandlerCall(parts.threads(), parts.stats()) {
            @Override
            CompletableFuture<Optional<Throwable>> call(Registration registration, Event<Object> event) {
                String which = event.id() + event.payload().getClass().getName();
                Object shared = payloads.computeIfAbsent(which, unused -> event.payload());
                return super.call(registration, new Event<>(shared, event.metadata()));
            }
        });
    }

    /** The error listener is called before an attempt is judged, and what it throws is not caught. */
    public static EventBus trustsListener(BusConfig config, Transport transport) {
        return calledBy(config, transport, parts -> new HandlerCall(parts.threads(), parts.stats()) {
            @Override
            CompletableFuture<Optional<Throwable>> call(Registration registration, Event<Object> event) {
                return super.call(registration, event).thenApply(failure -> {
                    failure.ifPresent(cause -> config.errorListener()
                            .onError(new BusError(BusError.Kind.HANDLER_FAILED, "failed", event.id(), cause)));
                    return failure;
                });
            }
        });
    }

    private static EventBus calledBy(BusConfig config, Transport transport, Function<Parts, HandlerCall> calls) {
        return new Engine(new Parts(config, transport) {
            @Override
            HandlerCall makeHandlerCall() {
                return calls.apply(this);
            }
        });
    }
}
