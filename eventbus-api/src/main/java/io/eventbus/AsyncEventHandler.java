package io.eventbus;

import java.util.concurrent.CompletionStage;

/**
 * Handles events without holding a thread of the bus. A stage that completes well means done; one that completes with an
 * exception, or throwing, means failed. The event's key and one place of the concurrency are held until then.
 *
 * <p>To keep the causation of what is published from other threads, see {@link EventContext}.
 *
 * @param <T> the payload's type
 */
@FunctionalInterface
public interface AsyncEventHandler<T> {

    /**
     * Begins to handle one event. Called by a thread of the bus, which it should not block.
     *
     * @param event the event; its payload is this call's own
     * @return completes when the event is handled
     * @throws Exception if handling failed
     */
    CompletionStage<?> handle(Event<T> event) throws Exception;
}
