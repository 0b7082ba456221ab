package io.eventbus.inmemory;

import io.eventbus.spi.Destination;
import io.eventbus.spi.Message;
import io.eventbus.spi.Sender;
import io.eventbus.spi.TransportException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Stores each message before {@link #send} returns. */
final class MemorySender implements Sender {
    private final MemoryTransport transport;
    private final MemoryBroker broker;
    private final int maxBacklog;
    private volatile boolean closed;

    MemorySender(MemoryTransport transport, MemoryBroker broker, int maxBacklog) {
        this.transport = transport;
        this.broker = broker;
        this.maxBacklog = maxBacklog;
    }

    @Override
    public CompletionStage<Void> send(Destination destination, Message message) {
        try {
            requireOpen();
            broker.send(destination, new StoredMessage(message), maxBacklog);
            return CompletableFuture.completedStage(null);
        } catch (TransportException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    /** Has nothing to send: nothing is held back. */
    @Override
    public void flush() {
        requireOpen();
    }

    @Override
    public void close() {
        closed = true;
    }

    private void requireOpen() {
        transport.requireOpen();
        if (closed) {
            throw Refusal.closed("The sender");
        }
    }
}
