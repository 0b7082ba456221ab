package io.eventbus.internal;

import io.eventbus.EventBusException;
import io.eventbus.PublishException;
import java.util.concurrent.ExecutionException;

/** Waits for a publish on the caller's thread. */
final class Waiting {
    private Waiting() {}

    /** Returns when it is accepted, throws why it is not. An interrupt ends the wait and keeps the thread's flag. */
    static void on(Publish publish) {
        try {
            publish.result().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            publish.abandon("the thread was interrupted while it waited for the broker");
            rethrow(publish);
        } catch (ExecutionException e) {
            throw failure(Causes.unwrap(e));
        }
    }

    private static void rethrow(Publish publish) {
        Throwable failure = publish.result().handle((done, problem) -> problem).join();
        if (failure != null) {
            throw failure(failure);
        }
    }

    private static EventBusException failure(Throwable cause) {
        if (cause instanceof PublishException known) {
            return known;
        }
        return new EventBusException("publishing failed: " + cause, cause);
    }
}
