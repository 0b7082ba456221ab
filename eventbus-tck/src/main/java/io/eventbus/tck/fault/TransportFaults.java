package io.eventbus.tck.fault;

import io.eventbus.spi.Destination;
import io.eventbus.spi.Message;
import io.eventbus.spi.TransportException;
import io.eventbus.spi.TransportException.Kind;
import io.eventbus.spi.TransportException.Outcome;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** The cues for the transport of one bus. Thread-safe. */
public final class TransportFaults {

    private volatile BiPredicate<Destination, Message> refused = TransportFaults::none;
    private final Cue nextPoll = new Cue();
    private final Cue nextSend = new Cue();
    private final Cue nextFlush = new Cue();
    private volatile CompletableFuture<Void> answers = CompletableFuture.completedFuture(null);
    private volatile boolean refusingSessions;
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile boolean ignoring;
    private final AtomicInteger ignored = new AtomicInteger();
    private volatile boolean crashed;

    /** Makes cues that change nothing yet. */
    public TransportFaults() {}

    /**
     * From now on sends to some destinations are refused as not accepted, and do not reach the broker.
     *
     * @param which the destinations
     */
    public void refuseSends(Predicate<Destination> which) {
        refused = (destination, message) -> which.test(destination);
    }

    /**
     * From now on some messages are refused as not accepted on the way to their destination, and do not reach the broker.
     *
     * @param which the destinations, each with the message
     */
    public void refuseMessages(BiPredicate<Destination, Message> which) {
        refused = which;
    }

    /** From now on sends get no answer, and do not reach the broker. */
    public void ignoreSends() {
        ignoring = true;
    }

    /** Sends pass again; those that got no answer never will. */
    public void acceptSends() {
        refused = TransportFaults::none;
        ignoring = false;
    }

    /** From now on the answers to sends are held back; the broker has what was sent all the same. */
    public void holdAnswers() {
        answers = new CompletableFuture<>();
    }

    /** Answers pass again, and first those that were held back, on the calling thread. */
    public void passAnswers() {
        answers.complete(null);
    }

    /** {@return how many sends got no answer so far} */
    public int ignored() {
        return ignored.get();
    }

    /** {@return how many sends were refused so far} */
    public int refusals() {
        return refusals.get();
    }

    /**
     * The next poll of a receiver throws this in place of polling, once.
     *
     * @param failure what it throws: a {@link RuntimeException} or an {@link Error}
     */
    public void failNextPoll(Throwable failure) {
        nextPoll.give(failure);
    }

    /** {@return whether the failure of a poll was cued and has not been thrown yet} */
    public boolean pollFailurePending() {
        return nextPoll.isPending();
    }

    /**
     * The next send throws this in place of sending, once.
     *
     * @param failure what it throws: a {@link RuntimeException} or an {@link Error}
     */
    public void failNextSend(Throwable failure) {
        nextSend.give(failure);
    }

    /**
     * The next flush of a sender throws this in place of flushing, once.
     *
     * @param failure what it throws: a {@link RuntimeException} or an {@link Error}
     */
    public void failNextFlush(Throwable failure) {
        nextFlush.give(failure);
    }

    /** From now on no session can be opened, as if the broker were gone; those that are open stay so. */
    public void refuseSessions() {
        refusingSessions = true;
    }

    /** Sessions can be opened again. */
    public void acceptSessions() {
        refusingSessions = false;
    }

    /**
     * The bus vanishes without goodbye, as far as the broker can tell: from now on nothing that it does gets through, and
     * nothing gets to it.
     */
    void crash() {
        crashed = true;
    }

    /** {@return whether the bus has vanished} */
    public boolean crashed() {
        return crashed;
    }

    void beforePoll() {
        requireAlive();
        nextPoll.play();
    }

    void beforeSend() {
        nextSend.play();
    }

    void beforeFlush() {
        requireAlive();
        nextFlush.play();
    }

    void beforeOpening() {
        requireAlive();
        if (refusingSessions) {
            throw new TransportException(Kind.UNAVAILABLE, Outcome.UNKNOWN, "no session on cue", null);
        }
    }

    void requireAlive() {
        if (crashed) {
            throw new TransportException(Kind.UNAVAILABLE, Outcome.UNKNOWN, "this bus has crashed", null);
        }
    }

    /** Whether a send gets no answer. */
    boolean ignores() {
        boolean ignores = ignoring && !crashed;
        if (ignores) {
            ignored.incrementAndGet();
        }
        return ignores;
    }

    /** An answer, once answers pass. */
    CompletionStage<Void> answered(CompletionStage<Void> answer) {
        return answers.thenCompose(passes -> answer);
    }

    /** Why a send is not let through, or empty. */
    Optional<TransportException> refusal(Destination destination, Message message) {
        if (crashed) {
            return Optional.of(new TransportException(Kind.UNAVAILABLE, Outcome.UNKNOWN, "this bus has crashed", null));
        }
        if (refused.test(destination, message)) {
            refusals.incrementAndGet();
            return Optional.of(new TransportException(
                    Kind.REJECTED, Outcome.NOT_ACCEPTED, "refused on cue: " + destination, null));
        }
        return Optional.empty();
    }

    private static boolean none(Destination destination, Message message) {
        return false;
    }
}
