package io.eventbus.redis;

import io.eventbus.tck.Await;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Calls that wait in a socket. */
final class InSocket {

    private InSocket() {}

    /** Calls on a thread of its own, and returns when that waits in a socket, or has ended. */
    static <T> CompletableFuture<T> waiting(Callable<T> call) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                result.complete(call.call());
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        thread.start();
        Await.atMost(Fixture.PATIENCE).until("a call that waits", () -> result.isDone() || isInSocket(thread));
        return result;
    }

    private static boolean isInSocket(Thread thread) {
        return Stream.of(thread.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(ChannelSocket.class.getName())
                        && frame.getMethodName().equals("select"));
    }
}
