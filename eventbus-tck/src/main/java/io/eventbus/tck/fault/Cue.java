package io.eventbus.tck.fault;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What is to be thrown at the next opportunity, once. Thread-safe. */
final class Cue {

    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    void give(Throwable next) {
        if (!(next instanceof RuntimeException || next instanceof Error)) {
            throw new IllegalArgumentException("a transport cannot throw " + next);
        }
        failure.set(next);
    }

    boolean isPending() {
        return failure.get() != null;
    }

    void play() {
        Throwable due = failure.getAndSet(null);
        if (due instanceof RuntimeException exception) {
            throw exception;
        } else if (due instanceof Error error) {
            throw error;
        }
    }
}
