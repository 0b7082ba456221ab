package io.eventbus.internal;

import io.eventbus.BatchPublishException;
import io.eventbus.Event;
import io.eventbus.EventContext;
import io.eventbus.InvalidEventException;
import io.eventbus.PublishException;
import io.eventbus.PublishOutcome;
import io.eventbus.internal.StatsRecorder.Counter;
import io.eventbus.spi.Destination;
import io.eventbus.spi.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Publishes one event or a list of them, waiting or not. Thread-safe. */
final class Publisher {
    private final Parts parts;
    private final Destination topic;

    Publisher(Parts parts) {
        this.parts = parts;
        this.topic = new Destination.Topic(parts.config().topic());
    }

    void publish(Object event) {
        Waiting.on(publish(event, parts.pipeline().deadline()));
    }

    void publish(List<?> events) {
        List<Sent> sent = sendAll(List.copyOf(events));
        await(sent);
        conclude(sent);
    }

    CompletionStage<Void> publishAsync(Object event) {
        try {
            return forUser(publish(event, parts.pipeline().deadline()).result());
        } catch (InvalidEventException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    CompletionStage<Void> publishAsync(List<?> events) {
        List<Sent> sent = sendAll(List.copyOf(events));
        return forUser(settled(sent).thenRun(() -> conclude(sent)));
    }

    /** An interrupt ends the wait and keeps the thread's flag; what became of the open ones is then in their outcomes. */
    private static void await(List<Sent> sent) {
        try {
            settled(sent).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            sent.forEach(one -> one.abandon().run());
        } catch (ExecutionException e) {
            throw new IllegalStateException("settled futures do not fail", e);
        }
    }

    private static CompletableFuture<Void> settled(List<Sent> sent) {
        return CompletableFuture.allOf(sent.stream().map(Sent::settled).toArray(CompletableFuture[]::new));
    }

    private Publish publish(Object event, Deadline deadline) {
        return parts.pipeline().publish(topic, encode(event), deadline);
    }

    /** All have one deadline: without it, a list that is larger than the room would wait for each roomful apart. */
    private List<Sent> sendAll(List<?> events) {
        Deadline deadline = parts.pipeline().deadline();
        List<Sent> sent = new ArrayList<>(events.size());
        for (Object event : events) {
            sent.add(send(event, deadline));
        }
        return sent;
    }

    private Sent send(Object event, Deadline deadline) {
        try {
            Publish publish = publish(event, deadline);
            return new Sent(
                    publish.message().id(),
                    publish.result(),
                    () -> publish.abandon("the publishing thread was interrupted"));
        } catch (InvalidEventException e) {
            return new Sent(e.eventId(), CompletableFuture.failedFuture(e), () -> {});
        }
    }

    private static void conclude(List<Sent> sent) {
        List<PublishOutcome> outcomes = sent.stream().map(Sent::outcome).toList();
        if (!outcomes.stream().allMatch(PublishOutcome::accepted)) {
            throw new BatchPublishException(outcomes);
        }
    }

    /**
     * What the user hangs onto it runs on a thread of the bus, not on one of a client library unless the process has no more
     * threads or the bus has ended, and as part of handling the event in whose handler it was published.
     */
    private CompletionStage<Void> forUser(CompletableFuture<Void> result) {
        CompletableFuture<Void> stage = new CompletableFuture<>();
        Event<?> handled = EventContext.current().orElse(null);
        result.whenCompleteAsync(
                (done, failure) -> EventContext.run(handled, () -> complete(stage, failure)),
                parts.threads().callbacks());
        return stage;
    }

    private static void complete(CompletableFuture<Void> stage, @Nullable Throwable failure) {
        if (failure == null) {
            stage.complete(null);
        } else {
            stage.completeExceptionally(Causes.unwrap(failure));
        }
    }

    private Message encode(Object event) {
        try {
            return parts.envelopes().encode(event);
        } catch (InvalidEventException e) {
            parts.stats().count(Counter.PUBLISH_FAILED);
            throw e;
        }
    }

    /** One event of a list, sent or refused. */
    private record Sent(String eventId, CompletableFuture<Void> result, Runnable abandon) {

        CompletableFuture<Void> settled() {
            return result.handle((done, failure) -> null);
        }

        PublishOutcome outcome() {
            Throwable failure = result.handle((done, problem) -> problem).join();
            return new PublishOutcome(eventId, (PublishException) failure);
        }
    }
}
