package io.eventbus;

/**
 * Handles events on a thread of the bus. Returning means done, throwing anything means failed: the event is handled again
 * as the retry policy says, and ends in the dead letters.
 *
 * <p>Called by one thread at a time for one key, by several for different keys. A handler may publish, subscribe and
 * close its own subscription or the bus. The bus interrupts it only when it has a time-out that has passed, or when the
 * bus has been closed and its close time-out has passed.
 *
 * @param <T> the payload's type
 */
@FunctionalInterface
public interface EventHandler<T> {

    /**
     * Handles one event.
     *
     * @param event the event; its payload is this call's own
     * @throws Exception if handling failed
     */
    void handle(Event<T> event) throws Exception;
}
