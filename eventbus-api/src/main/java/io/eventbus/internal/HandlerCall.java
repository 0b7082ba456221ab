package io.eventbus.internal;

import io.eventbus.Event;
import io.eventbus.EventContext;
import io.eventbus.HandlerTimeoutException;
import io.eventbus.internal.StatsRecorder.Counter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Calls the handler of a subscription for an event: its context, its time-out, its counters. Thread-safe. */
class HandlerCall {
    private final Threads threads;
    private final StatsRecorder stats;

    HandlerCall(Threads threads, StatsRecorder stats) {
        this.threads = threads;
        this.stats = stats;
    }

    /** Completes when the handler has ended, with what it failed with, if it failed; never completes exceptionally. */
    CompletableFuture<Optional<Throwable>> call(Registration registration, Event<Object> event) {
        stats.count(Counter.ATTEMPTS);
        CompletableFuture<Optional<Throwable>> outcome = new CompletableFuture<>();
        Duration timeout = registration.timeout();
        TimeLimit limit = timeout == null ? null : new TimeLimit(timeout, threads);
        EventContext.run(
                event,
                () -> begin(registration, event, limit)
                        .handle((done, failure) -> outcome.complete(
                                judge(registration, limit, failure == null ? null : Causes.unwrap(failure)))));
        return outcome;
    }

    /** Catches everything: what a handler throws is the handler's failure, errors included. */
    CompletionStage<?> begin(Registration registration, Event<Object> event, @Nullable TimeLimit limit) {
        try {
            CompletionStage<?> stage = registration.handle(event);
            if (stage == null) {
                return CompletableFuture.failedFuture(
                        new NullPointerException(registration.name() + " returned null in place of a stage"));
            }
            if (limit != null) {
                limit.returned(stage);
            }
            return stage;
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        } finally {
            leave(limit);
        }
    }

    /** An interrupt, the time limit's or one that the handler left, is not for the next handler on this thread. */
    private static void leave(@Nullable TimeLimit limit) {
        if (limit != null) {
            limit.left();
        }
        Thread.interrupted();
    }

    private Optional<Throwable> judge(
            Registration registration, @Nullable TimeLimit limit, @Nullable Throwable failure) {
        boolean late = limit != null && limit.ended();
        Duration timeout = registration.timeout();
        Throwable verdict =
                late && timeout != null ? new HandlerTimeoutException(registration.name(), timeout, failure) : failure;
        stats.count(verdict == null ? Counter.SUCCESSES : Counter.FAILURES);
        return Optional.ofNullable(verdict);
    }
}
