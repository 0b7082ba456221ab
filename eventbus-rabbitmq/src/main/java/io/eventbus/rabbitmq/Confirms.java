package io.eventbus.rabbitmq;

import com.rabbitmq.client.ConfirmListener;
import io.eventbus.spi.TransportException;
import java.util.NavigableMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The sends of one channel that the broker has not answered yet, by the broker's numbering. Thread-safe: one thread
 * sends, another reads the answers.
 */
final class Confirms implements ConfirmListener {

    private final NavigableMap<Long, CompletableFuture<Void>> open = new ConcurrentSkipListMap<>();
    private final Supplier<TransportException> refusal;

    /** @param refusal what a send ends with that the broker answered with a nack */
    Confirms(Supplier<TransportException> refusal) {
        this.refusal = refusal;
    }

    /** To be called before the message is written, since the answer may be there before the writer goes on. */
    CompletionStage<Void> await(long number) {
        CompletableFuture<Void> send = new CompletableFuture<>();
        open.put(number, send);
        return send;
    }

    /** Ends one send, if it is still open, without success. */
    void fail(long number, TransportException failure) {
        CompletableFuture<Void> send = open.remove(number);
        if (send != null) {
            send.completeExceptionally(failure);
        }
    }

    /** Ends all sends that are still open without success. */
    void failAll(TransportException failure) {
        open.keySet().forEach(number -> fail(number, failure));
    }

    @Override
    public void handleAck(long number, boolean multiple) {
        take(number, multiple, send -> send.complete(null));
    }

    @Override
    public void handleNack(long number, boolean multiple) {
        take(number, multiple, send -> send.completeExceptionally(refusal.get()));
    }

    private void take(long number, boolean multiple, Consumer<CompletableFuture<Void>> answer) {
        NavigableMap<Long, CompletableFuture<Void>> answered = open.subMap(multiple ? 0 : number, true, number, true);
        answered.keySet().forEach(each -> {
            CompletableFuture<Void> send = open.remove(each);
            if (send != null) {
                answer.accept(send);
            }
        });
    }
}
