package io.eventbus;

import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Which event the current thread is handling. What is published there carries the event's correlation id and, as
 * causation id, its id. The bus sets it around every handler, and around what hangs on the stage of a
 * {@code publishAsync} in one; {@link #propagating} carries it to other threads.
 */
public final class EventContext {
    private static final ThreadLocal<@Nullable Event<?>> CURRENT = new ThreadLocal<>();

    private EventContext() {}

    /**
     * The event that this thread is handling.
     *
     * @return empty outside a handler
     */
    public static Optional<Event<?>> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    /**
     * An executor whose tasks handle the event that the thread which submits them is handling.
     *
     * @param executor runs the tasks
     * @return an executor that adds the event to each task
     */
    public static Executor propagating(Executor executor) {
        return task -> {
            Event<?> event = CURRENT.get();
            executor.execute(() -> run(event, task));
        };
    }

    /**
     * Runs a task as part of handling an event.
     *
     * @param event the event, or null for none
     * @param task what to run; what it throws is thrown
     */
    public static void run(@Nullable Event<?> event, Runnable task) {
        Event<?> before = CURRENT.get();
        set(event);
        try {
            task.run();
        } finally {
            set(before);
        }
    }

    private static void set(@Nullable Event<?> event) {
        if (event == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(event);
        }
    }
}
