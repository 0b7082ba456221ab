package io.eventbus.internal;

import io.eventbus.PublishException;
import io.eventbus.spi.Destination;
import io.eventbus.spi.Message;
import io.eventbus.spi.TransportException;
import io.eventbus.spi.TransportException.Outcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One message on its way to the broker. Thread-safe. */
final class Publish {

    /** How far it has come. */
    enum State {
        QUEUED,
        SENT,
        DONE
    }

    private final Destination destination;
    private final Message message;
    private final CompletableFuture<Void> result = new CompletableFuture<>();
    private final AtomicReference<State> state = new AtomicReference<>(State.QUEUED);
    private volatile long order;
    private volatile @Nullable Future<?> timeout;

    Publish(Destination destination, Message message) {
        this.destination = destination;
        this.message = message;
    }

    Destination destination() {
        return destination;
    }

    Message message() {
        return message;
    }

    /** Completes on any thread; nothing of the user's may hang on it. */
    CompletableFuture<Void> result() {
        return result;
    }

    /** Its place among all that were sent. */
    long order() {
        return order;
    }

    /** Takes its place on the way to the broker; false if it has ended meanwhile. */
    boolean sending(long place) {
        order = place;
        return state.compareAndSet(State.QUEUED, State.SENT);
    }

    /** Back into the queue: it was not accepted and never will be, so it may be sent again; false if it has ended. */
    boolean unsent() {
        return state.compareAndSet(State.SENT, State.QUEUED);
    }

    void timeout(Future<?> timer) {
        timeout = timer;
        if (state.get() == State.DONE) {
            timer.cancel(false);
        }
    }

    boolean succeed() {
        return end() && result.complete(null);
    }

    boolean fail(TransportException cause) {
        String why = describe(String.valueOf(cause.getMessage()), cause.outcome());
        return end() && result.completeExceptionally(new PublishException(message.id(), cause.outcome(), why, cause));
    }

    /** Ends it from outside: what became of the message follows from how far it had come. */
    boolean abandon(String why) {
        State before = state.getAndSet(State.DONE);
        cancelTimeout();
        Outcome outcome = before == State.QUEUED ? Outcome.NOT_ACCEPTED : Outcome.UNKNOWN;
        return before != State.DONE
                && result.completeExceptionally(
                        new PublishException(message.id(), outcome, describe(why, outcome), null));
    }

    private String describe(String why, Outcome outcome) {
        String consequence = outcome == Outcome.UNKNOWN
                ? "; it may or may not be delivered"
                : "; it was not accepted and will not be delivered";
        return "publishing event " + message.id() + " to " + destination + " failed: " + why + consequence;
    }

    private boolean end() {
        boolean first = state.getAndSet(State.DONE) != State.DONE;
        cancelTimeout();
        return first;
    }

    private void cancelTimeout() {
        Future<?> timer = timeout;
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
