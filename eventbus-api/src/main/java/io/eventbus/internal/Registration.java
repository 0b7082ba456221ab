package io.eventbus.internal;

import io.eventbus.AsyncEventHandler;
import io.eventbus.Event;
import io.eventbus.EventBusException;
import io.eventbus.RetryPolicy;
import io.eventbus.Subscription;
import io.eventbus.SubscriptionOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One subscription: what it selects, its handler, and whether it is in force. Thread-safe. */
class Registration implements Subscription {
    private final Selector selector;
    private final AsyncEventHandler<Object> handler;
    private final String name;
    private final RetryPolicy retry;
    private final @Nullable Duration timeout;
    private final boolean ephemeral;
    private final Consumer<Registration> onClose;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final Executor callbacks;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final OpenCount running = new OpenCount();

    Registration(
            Selector selector,
            AsyncEventHandler<Object> handler,
            String defaultName,
            SubscriptionOptions options,
            RetryPolicy defaultRetry,
            Executor callbacks,
            Consumer<Registration> onClose) {
        String givenName = options.name();
        RetryPolicy givenRetry = options.retry();
        this.selector = selector;
        this.handler = handler;
        this.name = givenName == null ? defaultName : givenName;
        this.retry = givenRetry == null ? defaultRetry : givenRetry;
        this.timeout = options.handlerTimeout();
        this.ephemeral = options.ephemeral();
        this.callbacks = callbacks;
        this.onClose = onClose;
    }

    Selector selector() {
        return selector;
    }

    String name() {
        return name;
    }

    RetryPolicy retry() {
        return retry;
    }

    @Nullable Duration timeout() {
        return timeout;
    }

    boolean isEphemeral() {
        return ephemeral;
    }

    CompletionStage<?> handle(Event<Object> event) throws Exception {
        return handler.handle(event);
    }

    /** Completes on any thread; nothing of the user's may hang on it. */
    CompletableFuture<Void> readiness() {
        return ready;
    }

    void becomeReady() {
        ready.complete(null);
    }

    void failReady(EventBusException failure) {
        ready.completeExceptionally(failure);
    }

    /** False once the subscription is closed: its handler is not to be called any more. Else {@link #exit} must follow. */
    boolean enter() {
        running.increment();
        if (closed.get()) {
            running.decrement();
            return false;
        }
        return true;
    }

    void exit() {
        running.decrement();
    }

    /** Lets no handler start any more. */
    void shut() {
        closed.set(true);
    }

    /** The subscription has ended. */
    void ended() {
        end.complete(null);
    }

    /** Waits for whoever ends the subscription, unless the caller may be what that waits for. */
    void awaitEnd(boolean byTheBusItself) {
        if (!byTheBusItself) {
            end.join();
        }
    }

    void awaitQuiet(Deadline deadline) {
        running.awaitNone(deadline);
    }

    @Override
    public CompletionStage<Void> ready() {
        return ready.whenCompleteAsync((done, failure) -> {}, callbacks);
    }

    @Override
    public void close() {
        onClose.accept(this);
    }
}
