package io.eventbus.internal;

import io.eventbus.BusError;
import io.eventbus.DeadLetterReason;
import io.eventbus.Event;
import io.eventbus.EventMetadata;
import io.eventbus.internal.StatsRecorder.Counter;
import io.eventbus.spi.Delivery;
import io.eventbus.spi.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One delivery on its way to its verdict. The lanes run it once for each attempt, and again while its dead letter cannot
 * be stored; at most one run at a time.
 */
final class DeliveryWork implements KeyedLanes.Work {

    /** Whose the delivery is. */
    private enum Tenure {
        /** This member's, as long as its session lasts. */
        HELD,
        /** About to belong to another: what runs may end well, nothing further begins. */
        LEAVING,
        /** Another's: it cannot be settled any more. */
        LOST
    }

    private final Parts parts;
    private final GroupConsumer consumer;
    private final ReceiverSession session;
    private final Delivery delivery;
    private final long arrival;
    private final long heldSince;
    private final List<Failure> failed = new ArrayList<>();
    private @Nullable List<Registration> pending;
    private Instant due = Instant.MIN;
    private @Nullable Round held;
    private @Nullable DeadLetterMessage burial;
    private @Nullable Instant firstFailure;
    private volatile Tenure tenure = Tenure.HELD;
    private int attempt;
    private int attemptsThatCalled;

    DeliveryWork(Parts parts, GroupConsumer consumer, ReceiverSession session, Delivery delivery, long arrival) {
        this.parts = parts;
        this.consumer = consumer;
        this.session = session;
        this.delivery = delivery;
        this.arrival = arrival;
        this.heldSince = session.heldSince();
    }

    /**
     * Events of one key share a lane; one without a key has its own, and its redeliveries share that. What has no id either
     * cannot be known again, and has one for this delivery.
     */
    Object lane() {
        String key = delivery.message().key();
        if (key != null) {
            return "key " + key;
        }
        return id().isEmpty() ? this : "id " + id();
    }

    ReceiverSession session() {
        return session;
    }

    Delivery delivery() {
        return delivery;
    }

    /** The broker is about to give the delivery to another member. */
    void leaving() {
        tenure = Tenure.LEAVING;
    }

    /** The broker has given the delivery to another member: when this returns, it is settled or never will be. */
    synchronized void lost() {
        tenure = Tenure.LOST;
    }

    /** Its place among all deliveries of its session. */
    long arrival() {
        return arrival;
    }

    /** Since when its session has held it at most, by the clock of the session's {@link HoldWatch}. */
    long heldSince() {
        return heldSince;
    }

    @Override
    public CompletableFuture<Next> run() {
        try {
            return runOnce().exceptionally(this::defect);
        } catch (RuntimeException | Error e) {
            return CompletableFuture.completedFuture(defect(e));
        }
    }

    @Override
    public boolean isLive() {
        return session.isLive() && tenure == Tenure.HELD;
    }

    @Override
    public void dropped() {
        brokeOff();
        if (tenure == Tenure.HELD) {
            consumer.giveBack(delivery);
        } else {
            consumer.settled(Counter.RELEASED);
        }
    }

    /**
     * What no handler has seen is no fault of the event's, nor is what some have seen while a paused subscription keeps the others
     * waiting. What all have seen counts, though the member lives: an event whose handling outlasts its session each time has to
     * end, too.
     */
    private void brokeOff() {
        if (attemptsThatCalled == 0) {
            consumer.outlived().add(id());
        }
    }

    private CompletableFuture<Next> runOnce() {
        if (!isLive()) {
            return act(new Verdict.Release());
        }
        if (burial != null) {
            return bury(burial);
        }
        Round unfinished = held;
        if (unfinished != null) {
            held = null;
            return run(unfinished);
        }
        try {
            return attempt();
        } catch (UnreadableMessageException e) {
            return act(new Verdict.Bury(DeadLetterReason.UNDECODABLE, List.of(), e));
        }
    }

    private CompletableFuture<Next> attempt() throws UnreadableMessageException {
        EventMetadata metadata = parts.envelopes().metadata(delivery.message(), attempt + 1);
        if (pending == null) {
            pending = consumer.select(delivery.message());
            if (pending.isEmpty()) {
                return act(new Verdict.Accept(Counter.FILTERED));
            }
            if (delivery.deliveryCount() - consumer.outlived().of(id())
                    > parts.config().maxDeliveries()) {
                return act(new Verdict.Bury(DeadLetterReason.CRASH_LOOP, List.of(), null));
            }
            due = due(metadata.notBefore());
        }
        Instant now = Instant.now();
        if (now.isBefore(due)) {
            return CompletableFuture.completedFuture(Next.after(Duration.between(now, due)));
        }
        attempt++;
        return run(new Round(delivery.message(), metadata, pending, parts));
    }

    /** When a handler may have it: whatever a foreign publisher says, no later than the bus's own may say. */
    private static Instant due(@Nullable Instant notBefore) {
        Instant latest = Instant.now().plus(Event.LONGEST_DELAY);
        return notBefore == null ? Instant.MIN : notBefore.isBefore(latest) ? notBefore : latest;
    }

    private CompletableFuture<Next> run(Round round) {
        return round.run().thenCompose(ran -> ran.isHeld() ? hold(ran) : act(judge(ran)));
    }

    /** The attempt is not over: a subscription is paused. */
    private CompletableFuture<Next> hold(Round round) {
        held = round;
        return CompletableFuture.completedFuture(Next.HELD);
    }

    private Verdict judge(Round round) {
        attemptsThatCalled += round.calls() > 0 ? 1 : 0;
        if (!session.isLive() || tenure == Tenure.LOST) {
            return new Verdict.Release();
        }
        List<Failure> retryable = new ArrayList<>();
        round.failures()
                .forEach(failure -> (parts.judge().retries(failure, attempt) ? retryable : failed).add(failure));
        if (!round.failures().isEmpty() && firstFailure == null) {
            firstFailure = Instant.now();
        }
        report(round.failures());
        pending = retryable.stream().map(Failure::registration).toList();
        return retryable.isEmpty()
                ? parts.judge().conclude(failed)
                : parts.judge().retry(retryable, attempt);
    }

    private CompletableFuture<Next> act(Verdict verdict) {
        if (verdict instanceof Verdict.Retry retry && isLive()) {
            parts.stats().count(Counter.RETRIES);
            return CompletableFuture.completedFuture(Next.after(retry.delay()));
        } else if (verdict instanceof Verdict.Bury bury) {
            return consumer.isEphemeral() ? discard(bury) : bury(deadLetter(bury));
        } else if (verdict instanceof Verdict.Accept accept) {
            if (accept.as() == Counter.DISCARDED) {
                reportDiscarded("its type is not registered and the policy is to discard", null);
            }
            return settle(accept.as());
        }
        brokeOff();
        consumer.settled(Counter.RELEASED);
        return CompletableFuture.completedFuture(Next.DONE);
    }

    /** Counted first, so that whoever sees the settlement at the broker sees the count. */
    private synchronized CompletableFuture<Next> settle(Counter as) {
        if (tenure == Tenure.LOST) {
            consumer.settled(Counter.RELEASED);
        } else {
            consumer.outlived().forget(id());
            consumer.settled(as);
            delivery.accept();
        }
        return CompletableFuture.completedFuture(Next.DONE);
    }

    private CompletableFuture<Next> discard(Verdict.Bury bury) {
        reportDiscarded(bury.reason() + ", and an ephemeral subscription keeps no dead letters", bury.cause());
        return settle(Counter.DISCARDED);
    }

    private DeadLetterMessage deadLetter(Verdict.Bury bury) {
        Instant now = Instant.now();
        Instant first = firstFailure == null ? now : firstFailure;
        burial = new DeadLetterMessage(consumer.group(), parts.config().member(), bury, attemptsThatCalled, first, now);
        return burial;
    }

    /** Stored first, settled then: a crash in between repeats and loses nothing. */
    private CompletableFuture<Next> bury(DeadLetterMessage letter) {
        return parts.burial()
                .store(letter, delivery.message(), () -> settle(Counter.DEAD_LETTERED))
                .handle((stored, failure) -> failure == null ? Next.DONE : storeAgain(failure));
    }

    private Next storeAgain(Throwable failure) {
        String message = "the dead letter of event " + id() + " could not be stored; that is tried again";
        parts.errors().report(BusError.Kind.DEAD_LETTER_FAILED, message, id(), failure);
        return Next.after(parts.config().reconnectMaxDelay());
    }

    /** What no handler has seen is reported with what becomes of the event. */
    private void report(List<Failure> failures) {
        failures.stream().filter(Failure::ofHandler).forEach(failure -> {
            String message =
                    "attempt " + attempt + " of " + failure.registration().name() + " failed for event " + id();
            parts.errors().report(BusError.Kind.HANDLER_FAILED, message, id(), failure.cause());
        });
    }

    private void reportDiscarded(String why, @Nullable Throwable cause) {
        parts.errors().report(BusError.Kind.DISCARDED, "event " + id() + " is discarded: " + why, id(), cause);
    }

    /** The event stays unsettled and is tried again: a defect must not lose it. */
    private Next defect(Throwable defect) {
        if (isLive()) {
            parts.errors().report(BusError.Kind.INTERNAL, "handling event " + id() + " met a defect", id(), defect);
        }
        return Next.after(parts.config().reconnectMaxDelay());
    }

    private String id() {
        Message message = delivery.message();
        return message.id();
    }
}
