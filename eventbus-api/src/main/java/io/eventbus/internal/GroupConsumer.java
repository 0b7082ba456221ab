package io.eventbus.internal;

import io.eventbus.BrokerException;
import io.eventbus.BusClosedException;
import io.eventbus.BusError;
import io.eventbus.internal.StatsRecorder.Counter;
import io.eventbus.spi.Delivery;
import io.eventbus.spi.Group;
import io.eventbus.spi.Message;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.ReceiverSpec;
import io.eventbus.spi.RoutingPattern;
import io.eventbus.spi.TransportException;
import io.eventbus.spi.TransportException.Kind;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This bus's membership in one group: one thread that polls one receiving session after another, the lanes that handle
 * what it brings, and the count of what is in flight, which is the whole of backpressure.
 */
final class GroupConsumer {
    /** Failures to join that another try may mend. */
    private static final Set<Kind> MAY_PASS = EnumSet.of(Kind.UNAVAILABLE, Kind.TIMEOUT, Kind.FULL);

    private static final Logger LOG = LoggerFactory.getLogger("io.eventbus");
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final long PATIENCE_MILLIS = 100;

    private final Parts parts;
    private final Group group;

    /** For people, who know nothing of the group that an ephemeral subscription has. */
    private final String name;

    private final boolean ephemeral;
    private final KeyedLanes lanes;
    private final SessionState state;
    private final SessionOpener opener;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Audience audience;
    private final Queue<Delivery> returned = new ConcurrentLinkedQueue<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Caution caution;
    private final Outlived outlived = new Outlived();
    private volatile @Nullable Receiver receiver;
    private volatile boolean draining;
    private boolean drained;

    /** The membership that this one follows in the same group, until that has ended. Used by the loop only. */
    private @Nullable GroupConsumer predecessor;

    private boolean openedBefore;
    private long arrivals;

    GroupConsumer(Parts parts, Group group, boolean ephemeral, @Nullable GroupConsumer predecessor) {
        this.predecessor = predecessor;
        this.parts = parts;
        this.group = group;
        this.ephemeral = ephemeral;
        this.audience = new Audience(group.name());
        this.lanes = parts.makeLanes();
        this.name = ephemeral ? "an ephemeral subscription to topic " + group.topic() : group.toString();
        this.state = new SessionState(name, parts.healthWatch()::look);
        this.caution = new Caution(parts.config().maxDeliveries());
        this.opener = new SessionOpener(parts.config(), state, stop);
    }

    Group group() {
        return group;
    }

    boolean isEphemeral() {
        return ephemeral;
    }

    SessionState state() {
        return state;
    }

    /** The deliveries that broke off without an end of this member. */
    Outlived outlived() {
        return outlived;
    }

    int inFlight() {
        return inFlight.get();
    }

    void start() {
        parts.threads().start("receiver", true, this::run);
    }

    /** Takes part from now on; its stage completes when the broker knows. */
    void add(Registration registration) {
        audience.add(registration);
        wakeup();
    }

    /**
     * Takes a subscription out of the membership, unless it is the last: then the membership has to end, and until it has
     * ended the subscription stays, lest its events be filtered out. True if it is the last.
     */
    boolean isLastOrRemove(Registration registration) {
        return audience.isLastOrRemove(registration);
    }

    /** A subscription was paused or resumed, or has ended while it held events. */
    void pauseChanged() {
        lanes.release();
        wakeup();
    }

    /** Whether it holds as many deliveries as it may, and takes no more. */
    boolean isFull() {
        return inFlight.get() >= parts.config().maxInFlight();
    }

    /** Who gets a message: specific subscriptions before those for everything, each in order of registration. */
    List<Registration> select(Message message) {
        return audience.select(message);
    }

    /** A delivery is done with for this member. */
    void settled(Counter as) {
        parts.stats().count(as);
        int before = inFlight.getAndDecrement();
        if (before >= parts.config().maxInFlight() || (caution.waitsForOne() && before == 1)) {
            wakeup();
        }
    }

    /**
     * A delivery goes back to the group. The thread that polls does it, once the receiver drains or ends: a message that
     * came back before could be delivered to this member again, behind those that followed it.
     */
    void giveBack(Delivery delivery) {
        settled(Counter.RELEASED);
        returned.add(delivery);
        wakeup();
    }

    /** Takes no more messages, and gives back those that no handler has begun. */
    void drain() {
        draining = true;
        lanes.close().stream()
                .map(DeliveryWork.class::cast)
                .sorted(Comparator.comparingLong(DeliveryWork::arrival))
                .forEach(DeliveryWork::dropped);
        wakeup();
    }

    /** Waits for the handlers that run; false if the deadline was over before. */
    boolean awaitIdle(Deadline deadline) {
        return lanes.awaitIdle(deadline);
    }

    /**
     * Leaves the group, and waits until it is left, at most until the deadline. Without a session there is nothing to leave;
     * one that is being opened is cut when the transport is closed.
     */
    void leave(Deadline deadline) {
        stop.countDown();
        wakeup();
        if (receiver == null) {
            return;
        }
        try {
            ended.await(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void wakeup() {
        Receiver current = receiver;
        if (current != null) {
            current.wakeup();
        }
    }

    private void run() {
        try {
            awaitPredecessor();
            while (!opener.isStopped()) {
                Receiver opened = opener.open(this::openReceiver, this::openFailed);
                if (opened != null) {
                    receive(new ReceiverSession(opened));
                }
            }
        } finally {
            audience.failReady(closedBeforeReady());
            ended.countDown();
        }
    }

    /** One bus is never two members of its group: handlers of the one before may still hold keys. */
    private void awaitPredecessor() {
        GroupConsumer before = predecessor;
        try {
            while (before != null
                    && !opener.isStopped()
                    && !before.ended.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.debug("{} waits until its last membership has ended", name);
            }
        } catch (InterruptedException e) {
            stop.countDown();
        }
        predecessor = null;
    }

    private Receiver openReceiver() {
        List<Registration> known = audience.all();
        Set<RoutingPattern> patterns = new HashSet<>();
        known.forEach(registration -> patterns.addAll(registration.selector().patterns()));
        if (patterns.isEmpty()) {
            patterns.add(RoutingPattern.ALL);
        }
        Receiver opened = parts.transport()
                .openReceiver(
                        new ReceiverSpec(
                                group,
                                parts.config().member(),
                                patterns,
                                parts.config().maxInFlight(),
                                parts.config().startFrom(),
                                ephemeral),
                        new LaneRevocations(lanes));
        // before anyone can know that it is ready, and close: leaving waits for the session that it sees
        receiver = opened;
        known.forEach(Registration::becomeReady);
        return opened;
    }

    /** While the bus starts, its caller hears of it; later what another try may mend does not fail a subscription. */
    private void openFailed(TransportException failure) {
        boolean starting = !openedBefore && !parts.lifecycle().isRunning();
        boolean passing = MAY_PASS.contains(failure.kind());
        if (starting || (!openedBefore && !passing)) {
            audience.failReady(new BrokerException(String.valueOf(failure.getMessage()), failure));
        }
        if (!starting) {
            parts.errors()
                    .report(BusError.Kind.SESSION_LOST, "opening the session of " + name + " failed", null, failure);
        }
    }

    /** One session, from its opening to its loss or to the end of the membership. */
    private void receive(ReceiverSession session) {
        drained = false;
        caution.begin();
        if (openedBefore) {
            parts.stats().count(Counter.RECONNECTS);
        }
        openedBefore = true;
        try {
            while (!opener.isStopped()) {
                poll(session);
            }
            end(session);
        } catch (RuntimeException | Error e) {
            end(session);
            lost(SessionOpener.classify(e));
        }
    }

    private void poll(ReceiverSession session) {
        Receiver current = session.receiver();
        if (draining && !drained) {
            current.drain();
            drained = true;
        }
        if (drained) {
            releaseReturned();
        }
        bind(current);
        List<Delivery> deliveries = current.poll(room(), POLL);
        caution.taking(deliveries);
        deliveries.forEach(delivery -> take(session, delivery));
    }

    private int room() {
        if (draining || audience.isPaused()) {
            return 0;
        }
        int held = inFlight.get();
        return caution.room(held, Math.max(0, parts.config().maxInFlight() - held));
    }

    private void bind(Receiver current) {
        for (Registration next = audience.nextUnbound(); next != null; next = audience.nextUnbound()) {
            next.selector().patterns().forEach(current::bind);
            next.becomeReady();
        }
    }

    private void take(ReceiverSession session, Delivery delivery) {
        if (isForAnother(delivery.message())) {
            delivery.accept();
            return;
        }
        parts.stats().count(Counter.RECEIVED);
        inFlight.incrementAndGet();
        DeliveryWork work = new DeliveryWork(parts, this, session, delivery, ++arrivals);
        if (!lanes.submit(work.lane(), work)) {
            work.dropped();
        }
    }

    /** A broker without addresses for groups brings what one group's inbox gets to all of them. */
    private boolean isForAnother(Message message) {
        String inbox = message.attributes().get(HeaderNames.INBOX);
        return inbox != null && !inbox.equals(group.name());
    }

    /** What no handler has begun is forgotten, since the broker delivers it again; what runs finds out at its end. */
    private void end(ReceiverSession session) {
        session.end();
        lanes.drop(work -> work instanceof DeliveryWork one && one.session().equals(session))
                .forEach(KeyedLanes.Work::dropped);
        releaseReturned();
        parts.errors().closeQuietly("the receiver of " + name, session.receiver());
        receiver = null;
    }

    private void releaseReturned() {
        for (Delivery next = returned.poll(); next != null; next = returned.poll()) {
            next.release();
        }
    }

    private void lost(TransportException cause) {
        if (!opener.isStopped()) {
            BusError.Kind kind = cause.kind() == Kind.INTERNAL ? BusError.Kind.INTERNAL : BusError.Kind.SESSION_LOST;
            parts.errors().report(kind, "the session of " + name + " is lost", null, cause);
            opener.lost(cause);
        }
    }

    private static BusClosedException closedBeforeReady() {
        return new BusClosedException("the subscription ended before it was ready");
    }
}
