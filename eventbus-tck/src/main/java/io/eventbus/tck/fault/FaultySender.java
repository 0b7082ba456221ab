package io.eventbus.tck.fault;

import io.eventbus.spi.Destination;
import io.eventbus.spi.Message;
import io.eventbus.spi.Sender;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A sender that refuses what it is told to. */
final class FaultySender implements Sender {

    private final Sender original;
    private final TransportFaults faults;

    FaultySender(Sender original, TransportFaults faults) {
        this.original = original;
        this.faults = faults;
    }

    @Override
    public CompletionStage<Void> send(Destination destination, Message message) {
        faults.beforeSend();
        if (faults.ignores()) {
            return new CompletableFuture<>();
        }
        return faults.refusal(destination, message)
                .<CompletionStage<Void>>map(CompletableFuture::failedFuture)
                .orElseGet(() -> faults.answered(original.send(destination, message)));
    }

    @Override
    public void flush() {
        faults.beforeFlush();
        original.flush();
    }

    @Override
    public void close() {
        original.close();
    }
}
