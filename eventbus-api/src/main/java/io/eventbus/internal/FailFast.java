package io.eventbus.internal;

import java.util.Collection;
import java.util.concurrent.CompletableFuture;

/** Several futures as one, which fails as soon as the first of them does. */
final class FailFast {
    private FailFast() {}

    static CompletableFuture<Void> allOf(Collection<CompletableFuture<Void>> all) {
        CompletableFuture<Void> result = new CompletableFuture<>();
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).thenRun(() -> result.complete(null));
        all.forEach(one -> one.whenComplete((done, failure) -> {
            if (failure != null) {
                result.completeExceptionally(failure);
            }
        }));
        return result;
    }
}
