package io.eventbus.internal;

import io.eventbus.DeadLetterReason;
import io.eventbus.Event;
import io.eventbus.EventDefinition;
import io.eventbus.EventMetadata;
import io.eventbus.spi.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One attempt at an event: calls, one after the other, the handlers of the subscriptions that have not succeeded yet, each
 * with a payload of its own. A subscription that is paused holds it; it goes on where it stood when it is run again.
 */
final class Round {
    private static final CompletableFuture<Optional<Failure>> NOT_CALLED =
            CompletableFuture.completedFuture(Optional.empty());

    private final Message message;
    private final EventMetadata metadata;
    private final List<Registration> pending;
    private final Envelopes envelopes;
    private final HandlerCall handlerCall;
    private final Executor executor;
    private final List<Failure> failures = new ArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();

    /** Written by one run at a time. */
    private volatile int next;

    private volatile boolean held;

    Round(Message message, EventMetadata metadata, List<Registration> pending, Parts parts) {
        this.message = message;
        this.metadata = metadata;
        this.pending = pending;
        this.envelopes = parts.envelopes();
        this.handlerCall = parts.handlerCall();
        this.executor = parts.threads().handlers();
    }

    /** Completes, on a thread of the handlers, when the last handler has ended, or when it is held. */
    CompletableFuture<Round> run() {
        held = false;
        return runFrom(next);
    }

    /** Whether it has to be run again, since the next subscription is paused. */
    boolean isHeld() {
        return held;
    }

    /** In the order of the subscriptions. */
    List<Failure> failures() {
        return failures;
    }

    /** How many handlers were called. */
    int calls() {
        return calls.get();
    }

    private CompletableFuture<Round> runFrom(int first) {
        for (int i = first; i < pending.size(); i++) {
            Registration registration = pending.get(i);
            Registration.Entry entry = registration.enter();
            if (entry == Registration.Entry.PAUSED) {
                return holdAt(i);
            }
            CompletableFuture<Optional<Failure>> outcome =
                    entry == Registration.Entry.OPEN ? handle(registration) : NOT_CALLED;
            if (!outcome.isDone()) {
                int following = i + 1;
                return outcome.thenComposeAsync(
                        failure -> {
                            failure.ifPresent(failures::add);
                            return runFrom(following);
                        },
                        executor);
            }
            outcome.join().ifPresent(failures::add);
        }
        return CompletableFuture.completedFuture(this);
    }

    private CompletableFuture<Round> holdAt(int paused) {
        next = paused;
        held = true;
        return CompletableFuture.completedFuture(this);
    }

    private CompletableFuture<Optional<Failure>> handle(Registration registration) {
        try {
            return call(registration).whenComplete((done, failure) -> registration.exit());
        } catch (RuntimeException | Error e) {
            registration.exit();
            throw e;
        }
    }

    private CompletableFuture<Optional<Failure>> call(Registration registration) {
        try {
            Event<Object> event = new Event<>(payload(registration), metadata);
            calls.incrementAndGet();
            return handlerCall
                    .call(registration, event)
                    .thenApply(failure -> failure.map(cause -> failed(registration, cause)));
        } catch (UnknownTypeException e) {
            return failed(registration, DeadLetterReason.UNKNOWN_TYPE, e);
        } catch (UnreadableMessageException e) {
            return failed(registration, DeadLetterReason.UNDECODABLE, e);
        }
    }

    private Object payload(Registration registration) throws UnknownTypeException, UnreadableMessageException {
        if (registration.selector().raw()) {
            return Envelopes.raw(message);
        }
        EventDefinition<?> definition =
                envelopes.definition(message).orElseThrow(() -> new UnknownTypeException(message.typeKey()));
        return envelopes.decode(message, definition);
    }

    private static Failure failed(Registration registration, Throwable cause) {
        boolean hopeless = registration.retry().isNotRetryable(cause);
        return new Failure(
                registration, hopeless ? DeadLetterReason.NOT_RETRYABLE : DeadLetterReason.ATTEMPTS_EXHAUSTED, cause);
    }

    private static CompletableFuture<Optional<Failure>> failed(
            Registration registration, DeadLetterReason reason, Exception cause) {
        return CompletableFuture.completedFuture(Optional.of(new Failure(registration, reason, cause)));
    }
}
