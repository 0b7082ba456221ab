package io.eventbus.tck.broken;

import io.eventbus.spi.Destination;
import io.eventbus.spi.Message;
import io.eventbus.spi.Sender;
import io.eventbus.spi.TransportException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Sends a burst at its flush, as one question; without a burst it asks for a sign of life. */
final class NetworkedSender implements Sender {

    private final Sender original;
    private final Connection connection;
    private final TransportMutant mutant;
    private final List<Sent> unsent = new ArrayList<>();

    NetworkedSender(Sender original, Connection connection, TransportMutant mutant) {
        this.original = original;
        this.connection = connection;
        this.mutant = mutant;
    }

    @Override
    public CompletionStage<Void> send(Destination destination, Message message) {
        Sent sent = new Sent(destination, message, new CompletableFuture<>());
        unsent.add(sent);
        return sent.result();
    }

    @Override
    public void flush() {
        List<Sent> burst = List.copyOf(unsent);
        unsent.clear();
        try {
            List<CompletionStage<Void>> stored = connection.ask(() -> burst.stream()
                    .map(sent -> original.send(sent.destination(), sent.message()))
                    .toList());
            for (int i = 0; i < burst.size(); i++) {
                Sent sent = burst.get(i);
                stored.get(i).whenComplete((done, failure) -> sent.end(failure));
            }
        } catch (TransportException e) {
            burst.forEach(sent -> sent.end(verdict(e)));
            throw e;
        }
    }

    /** What is said of messages that nobody has answered; null if that they are stored. */
    private TransportException verdict(TransportException failure) {
        return switch (mutant) {
            case TAKES_SILENCE_FOR_YES -> null;
            case TAKES_SILENCE_FOR_NO -> Failures.refused("no answer in time");
            case SENDS_INTO_SILENCE_AGAIN -> Failures.closed("The connection");
            default -> Failures.asToldBy(mutant, failure);
        };
    }

    @Override
    public void close() {
        unsent.forEach(sent -> sent.end(Failures.asToldBy(mutant, Failures.closed("The sender"))));
        unsent.clear();
        connection.close();
    }

    /** A message that nobody has answered yet. */
    private record Sent(Destination destination, Message message, CompletableFuture<Void> result) {

        /** Well, without a failure. */
        void end(Throwable failure) {
            if (failure == null) {
                result.complete(null);
            } else {
                result.completeExceptionally(failure);
            }
        }
    }
}
