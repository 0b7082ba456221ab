package io.eventbus.internal;

import io.eventbus.BusConfig;
import io.eventbus.BusError;
import io.eventbus.PublishException;
import io.eventbus.internal.StatsRecorder.Counter;
import io.eventbus.spi.Destination;
import io.eventbus.spi.Message;
import io.eventbus.spi.Sender;
import io.eventbus.spi.Transport;
import io.eventbus.spi.TransportException;
import io.eventbus.spi.TransportException.Kind;
import io.eventbus.spi.TransportException.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Carries messages through one sending session on one thread, which reopens the session when it is lost. Sends again only
 * what was not accepted for sure, before anything that came later; what may have been accepted goes to the caller.
 */
final class PublishPipeline {
    private static final long PATIENCE_MILLIS = 250;

    private final BusConfig config;
    private final Transport transport;
    private final Threads threads;
    private final Errors errors;
    private final StatsRecorder stats;
    private final Duration idleCheck;
    private final SessionState state;
    private final Intake intake;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final SessionOpener opener;
    private final Semaphore room;
    private final OpenCount open = new OpenCount();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();

    private final SendQueue queue = new SendQueue();
    private volatile @Nullable Thread thread;
    private volatile @Nullable Sender sender;
    private volatile @Nullable TransportException lost;
    private long sent;
    private boolean openedBefore;

    /** @param idleCheck how long the session goes without a flush while nothing is sent */
    PublishPipeline(
            BusConfig config,
            Transport transport,
            Threads threads,
            Errors errors,
            HealthWatch healthWatch,
            StatsRecorder stats,
            Duration idleCheck) {
        this.config = config;
        this.transport = transport;
        this.threads = threads;
        this.errors = errors;
        this.stats = stats;
        this.idleCheck = idleCheck;
        this.state = new SessionState("publishing", healthWatch::look);
        this.intake = new Intake(healthWatch::look);
        this.opener = new SessionOpener(config, state, stop);
        this.room = new Semaphore(config.maxPublishesInFlight(), true);
    }

    SessionState state() {
        return state;
    }

    Intake intake() {
        return intake;
    }

    /** How many publishes are not complete. */
    int open() {
        return open.get();
    }

    /** Opens the session; completes when that has succeeded or failed for the first time. */
    CompletableFuture<Void> start() {
        thread = threads.start("sender", false, this::run);
        return ready;
    }

    /** Has the session flushed soon, though nothing is to be sent: if its end can be seen, it is noticed now. */
    void check() {
        queue.wake();
    }

    /** When a publish that begins now has to have ended, its wait for room included. */
    Deadline deadline() {
        return Deadline.in(config.publishTimeout());
    }

    /** Sends a message of the application's, once there is room. */
    Publish publish(Destination destination, Message message, Deadline deadline) {
        Publish publish = new Publish(destination, message);
        publish.result().whenComplete((done, failure) -> count(failure));
        String problem = awaitRoom(deadline);
        if (problem == null) {
            publish.result().whenComplete((done, failure) -> room.release());
            enqueue(publish, deadline);
        } else {
            publish.abandon(problem);
        }
        return publish;
    }

    /** Sends a message of the engine's own, which does not wait for room. */
    Publish send(Destination destination, Message message) {
        Publish publish = new Publish(destination, message);
        enqueue(publish, deadline());
        return publish;
    }

    /**
     * Waits until nothing is open, at most until the deadline, then ends the session and all that is still open: so many
     * publishes. Without a start nobody sends what came while the bus was being closed.
     */
    int stop(Deadline deadline) {
        boolean sending = thread != null;
        if (sending) {
            open.awaitNone(deadline);
        }
        int abandoned = open();
        stop.countDown();
        queue.wake();
        if (!ready.isDone()) {
            ready.cancel(false);
        }
        if (!sending) {
            abandonRest();
        }
        return abandoned;
    }

    /**
     * Waits until the session is closed, at most for a moment: one that is stuck is cut when the transport is closed. Without a
     * start there is nothing to wait for.
     */
    void awaitEnd(Deadline deadline) {
        Thread running = thread;
        if (running == null) {
            return;
        }
        try {
            running.join(Math.min(PATIENCE_MILLIS, 1 + deadline.remaining().toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable String awaitRoom(Deadline deadline) {
        try {
            boolean acquired = !deadline.isOver()
                    && (room.tryAcquire()
                            || room.tryAcquire(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS));
            return acquired
                    ? null
                    : "no room within " + config.publishTimeout().toMillis() + " ms, " + open() + " publishes are open";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "the thread was interrupted while it waited for room";
        }
    }

    private void enqueue(Publish publish, Deadline deadline) {
        open.increment();
        publish.result().whenComplete((done, failure) -> closed(publish, failure));
        String late =
                "no answer from the broker within " + config.publishTimeout().toMillis() + " ms";
        publish.timeout(threads.schedule(() -> giveUp(publish, late), deadline.remaining()));
        queue.add(publish);
        if (opener.isStopped()) {
            publish.abandon("the bus is closed");
        }
    }

    /** One that was sent is not in the queue; one that was given up may be, with its body, for as long as the broker is away. */
    private void closed(Publish publish, @Nullable Throwable failure) {
        open.decrement();
        if (failure != null) {
            queue.remove(publish);
        }
    }

    private void giveUp(Publish publish, String late) {
        if (publish.abandon(late)) {
            intake.turnedAway(publish.destination(), late);
        }
    }

    private void count(@Nullable Throwable failure) {
        if (failure == null) {
            stats.count(Counter.PUBLISHED);
        } else {
            boolean unknown = failure instanceof PublishException e && e.outcome() == Outcome.UNKNOWN;
            stats.count(unknown ? Counter.PUBLISH_UNKNOWN : Counter.PUBLISH_FAILED);
        }
    }

    private void run() {
        while (!opener.isStopped()) {
            Sender opened = opener.open(transport::openSender, this::openFailed);
            if (opened != null) {
                carry(opened);
            }
        }
        abandonRest();
    }

    /** While the bus starts, its caller hears of it. */
    private void openFailed(TransportException failure) {
        ready.completeExceptionally(failure);
        if (openedBefore) {
            errors.report(BusError.Kind.SESSION_LOST, "opening the publishing session failed", null, failure);
        }
    }

    /** One session, from its opening to its loss or to the end of the bus. */
    private void carry(Sender opened) {
        sender = opened;
        lost = null;
        if (!ready.complete(null)) {
            stats.count(Counter.RECONNECTS);
        }
        openedBefore = true;
        sendAgain(opened);
        while (!opener.isStopped() && lost == null) {
            sendQueued(opened);
        }
        sender = null;
        errors.closeQuietly("the sender", opened);
        TransportException cause = lost;
        if (cause != null && !opener.isStopped()) {
            errors.report(BusError.Kind.SESSION_LOST, "the publishing session is lost", null, cause);
            opener.lost(cause);
        }
    }

    private void sendAgain(Sender session) {
        List<Publish> again = queue.takeReturned();
        again.forEach(publish -> send(session, publish));
        if (!again.isEmpty()) {
            flush(session);
        }
    }

    private void flush(Sender session) {
        try {
            session.flush();
        } catch (RuntimeException | Error e) {
            lost = SessionOpener.classify(e);
        }
    }

    private void sendQueued(Sender session) {
        try {
            Publish next = queue.await(idleCheck);
            while (next != null) {
                send(session, next);
                next = queue.poll();
            }
            flush(session);
        } catch (InterruptedException e) {
            stop.countDown();
        }
    }

    private void send(Sender session, Publish publish) {
        if (!publish.sending(++sent)) {
            return;
        }
        try {
            session.send(publish.destination(), publish.message())
                    .whenComplete((done, failure) -> completed(session, publish, failure));
        } catch (RuntimeException | Error e) {
            completed(session, publish, e);
        }
    }

    private void completed(Sender session, Publish publish, @Nullable Throwable failure) {
        if (failure == null) {
            intake.took(publish.destination());
            publish.succeed();
            return;
        }
        TransportException cause = SessionOpener.classify(Causes.unwrap(failure));
        if (cause.kind() == Kind.UNAVAILABLE && session.equals(sender)) {
            lost = cause;
            queue.wake();
        }
        if (cause.kind() == Kind.FULL) {
            intake.turnedAway(publish.destination(), cause.getMessage());
        }
        boolean again = cause.kind() == Kind.UNAVAILABLE && cause.outcome() == Outcome.NOT_ACCEPTED;
        if (again && !opener.isStopped() && publish.unsent()) {
            queue.addReturned(publish);
            if (opener.isStopped()) {
                publish.abandon("the bus is closed");
            }
        } else {
            publish.fail(cause);
        }
    }

    private void abandonRest() {
        queue.takeAll().forEach(publish -> publish.abandon("the bus is closed"));
    }
}
