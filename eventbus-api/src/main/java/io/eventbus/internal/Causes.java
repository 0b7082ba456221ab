package io.eventbus.internal;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Finds what a future failed with behind the wrappers that futures put around it. */
final class Causes {
    private Causes() {}

    static Throwable unwrap(Throwable failure) {
        boolean wrapper = failure instanceof CompletionException || failure instanceof ExecutionException;
        Throwable cause = failure.getCause();
        return wrapper && cause != null ? cause : failure;
    }
}
