package io.eventbus.tck.broken;

import static io.eventbus.tck.broken.TransportMutant.FIRE_AND_FORGET;
import static io.eventbus.tck.broken.TransportMutant.LAGGING_SESSIONS;
import static io.eventbus.tck.broken.TransportMutant.LIES_NOT_ACCEPTED;
import static io.eventbus.tck.broken.TransportMutant.REFUSES_MAXIMUM;
import static io.eventbus.tck.broken.TransportMutant.REVERSES_BURSTS;
import static io.eventbus.tck.broken.TransportMutant.SENDS_AFTER_HANDLING;
import static io.eventbus.tck.broken.TransportMutant.SESSIONS_THROW;
import static io.eventbus.tck.broken.TransportMutant.SLOW;

import io.eventbus.spi.Destination;
import io.eventbus.spi.Message;
import io.eventbus.spi.Sender;
import io.eventbus.spi.TransportException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Stores each message before {@link #send} returns. */
final class BreakableSender implements Sender {

    private static final long LAG_MILLIS = 20;

    /** So long that a publisher which vanishes is gone before, on a machine that stands still for seconds too. */
    private static final long FORGETTING_MILLIS = 10_000;

    private static final int LIE = 10;

    private final BreakableTransport transport;
    private final BreakableBroker broker;
    private final TransportMutant mutant;
    private final Carriage carriage;
    private final Deque<Runnable> burst = new ArrayDeque<>();
    private final Set<Runnable> answers = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;
    private final boolean lags;
    private int sent;

    BreakableSender(BreakableTransport transport, BreakableBroker broker) {
        this.transport = transport;
        this.broker = broker;
        this.mutant = broker.mutant();
        this.carriage = new Carriage(mutant);
        this.lags = broker.nextSession() % 2 == 0;
    }

    @Override
    public CompletionStage<Void> send(Destination destination, Message message) {
        CompletableFuture<Void> stored = new CompletableFuture<>();
        if (mutant == FIRE_AND_FORGET || (mutant == LAGGING_SESSIONS && lags)) {
            long late = mutant == FIRE_AND_FORGET ? FORGETTING_MILLIS : LAG_MILLIS;
            CompletableFuture.delayedExecutor(late, TimeUnit.MILLISECONDS)
                    .execute(() -> store(destination, message, stored));
            return CompletableFuture.completedStage(null);
        }
        if (mutant == REVERSES_BURSTS) {
            burst.addFirst(() -> store(destination, message, stored));
            return stored;
        }
        if (mutant == SENDS_AFTER_HANDLING) {
            transport.awaitNothingHeld();
        }
        store(destination, message, stored);
        return stored;
    }

    private void store(Destination destination, Message message, CompletableFuture<Void> stored) {
        try {
            requireOpen();
            transport.failIf(SESSIONS_THROW);
            refuse(message);
            if (!transport.isSwallowed() && !isDropped(message)) {
                transport.requireRight();
                broker.send(destination, carriage.carry(message));
            }
            lie();
            answer(() -> stored.complete(null));
        } catch (TransportException e) {
            answer(() -> stored.completeExceptionally(Failures.asToldBy(mutant, e)));
        }
    }

    /** Where it is slow, the sender may be closed before the answer comes. */
    private void answer(Runnable answer) {
        if (mutant != SLOW) {
            answer.run();
            return;
        }
        answers.add(answer);
        CompletableFuture.delayedExecutor(BreakableTransport.HOP.toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
                .execute(() -> {
                    answers.remove(answer);
                    answer.run();
                });
    }

    private void refuse(Message message) {
        if (mutant == REFUSES_MAXIMUM && message.body().length == BreakableTransport.LIMITS.maxPayload()) {
            throw Failures.refused("too large");
        }
    }

    private void lie() {
        sent++;
        if (mutant == LIES_NOT_ACCEPTED && sent % LIE == 0) {
            throw Failures.refused("no answer in time");
        }
    }

    private boolean isDropped(Message message) {
        return switch (mutant) {
            case DROPS_EMPTY_PAYLOAD -> message.body().length == 0;
            case DROPS_UNROUTED -> message.routingKey().isEmpty();
            default -> false;
        };
    }

    @Override
    public void flush() {
        requireOpen();
        burst.forEach(Runnable::run);
        burst.clear();
    }

    @Override
    public void close() {
        closed = true;
        answers.forEach(Runnable::run);
    }

    private void requireOpen() {
        transport.requireOpen();
        if (closed) {
            throw Failures.closed("The sender");
        }
    }
}
