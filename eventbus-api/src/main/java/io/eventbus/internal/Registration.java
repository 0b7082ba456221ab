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
import org.jspecify.annotations.Nullable;

/** One subscription: what it selects, its handler, and whether it is in force. Thread-safe. */
class Registration implements Subscription {

    /** Whoever acts on what the user wants of a subscription. */
    interface Owner {

        /** Ends it. */
        void close(Registration registration);

        /** It is paused now, or is not any more. */
        void pauseChanged(Registration registration);
    }

    /** Whether the handler may be called. */
    enum Entry {
        /** It may; {@link #exit} must follow. */
        OPEN,
        /** Not now, but later: the subscription is paused. */
        PAUSED,
        /** Never again: the subscription is closed. */
        CLOSED
    }

    private final Selector selector;
    private final AsyncEventHandler<Object> handler;
    private final String name;
    private final RetryPolicy retry;
    private final @Nullable Duration timeout;
    private final boolean ephemeral;
    private final Owner owner;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final Executor callbacks;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicBoolean paused = new AtomicBoolean();
    private final OpenCount running = new OpenCount();

    Registration(
            Selector selector,
            AsyncEventHandler<Object> handler,
            String defaultName,
            SubscriptionOptions options,
            RetryPolicy defaultRetry,
            Executor callbacks,
            Owner owner) {
        String givenName = options.name();
        RetryPolicy givenRetry = options.retry();
        this.selector = selector;
        this.handler = handler;
        this.name = givenName == null ? defaultName : givenName;
        this.retry = givenRetry == null ? defaultRetry : givenRetry;
        this.timeout = options.handlerTimeout();
        this.ephemeral = options.ephemeral();
        this.callbacks = callbacks;
        this.owner = owner;
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

    /** Asks for a call of the handler. */
    Entry enter() {
        running.increment();
        Entry entry = closed.get() ? Entry.CLOSED : paused.get() ? Entry.PAUSED : Entry.OPEN;
        if (entry != Entry.OPEN) {
            running.decrement();
        }
        return entry;
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
    public void pause() {
        if (!closed.get() && paused.compareAndSet(false, true)) {
            owner.pauseChanged(this);
        }
    }

    @Override
    public void resume() {
        if (paused.compareAndSet(true, false)) {
            owner.pauseChanged(this);
        }
    }

    @Override
    public boolean isPaused() {
        return paused.get();
    }

    @Override
    public void close() {
        owner.close(this);
    }
}
