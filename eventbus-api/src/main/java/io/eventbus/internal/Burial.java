package io.eventbus.internal;

import io.eventbus.BusError;
import io.eventbus.PublishException;
import io.eventbus.spi.Destination;
import io.eventbus.spi.Message;
import io.eventbus.spi.TransportException;
import io.eventbus.spi.TransportException.Kind;
import io.eventbus.spi.TransportException.Outcome;
import java.util.concurrent.CompletableFuture;

/** Puts events into the dead letters of their group. Thread-safe. */
class Burial {
    private final PublishPipeline pipeline;
    private final Errors errors;

    Burial(PublishPipeline pipeline, Errors errors) {
        this.pipeline = pipeline;
        this.errors = errors;
    }

    /** Stores the dead letter of an event, then settles it; fails if it could not be stored, and leaves it unsettled. */
    CompletableFuture<Void> store(DeadLetterMessage letter, Message event, Runnable settle) {
        Message message = letter.of(event);
        return send(letter, message)
                .exceptionallyCompose(failure ->
                        isRefusal(failure) ? sendBrief(letter, message) : CompletableFuture.<Void>failedFuture(failure))
                .thenRun(() -> {
                    settle.run();
                    String text = "event " + message.id() + " is in the dead letters of " + letter.group() + ": "
                            + letter.verdict().reason();
                    errors.report(
                            BusError.Kind.DEAD_LETTERED,
                            text,
                            message.id(),
                            letter.verdict().cause());
                });
    }

    /** An event that just fits what the broker carries does not with all that is to be said of it. */
    CompletableFuture<Void> sendBrief(DeadLetterMessage letter, Message message) {
        return send(letter, letter.brief(message));
    }

    CompletableFuture<Void> send(DeadLetterMessage letter, Message message) {
        return pipeline.send(new Destination.DeadLetters(letter.group()), message)
                .result();
    }

    /** Whether the broker refused this message, which it may do for its size; it does not say so. */
    private static boolean isRefusal(Throwable failure) {
        return failure instanceof PublishException publish
                && publish.outcome() == Outcome.NOT_ACCEPTED
                && publish.getCause() instanceof TransportException cause
                && cause.kind() == Kind.REJECTED;
    }
}
