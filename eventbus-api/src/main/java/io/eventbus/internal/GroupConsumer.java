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
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This bus's membership in one group: who takes part in it, one thread that opens and runs one receiving session after another,
 * and what outlasts these: the lanes that handle what they bring, and the count of what is in flight.
 */
final class GroupConsumer {
    /** Failures to join that another try may mend. */
    private static final Set<Kind> MAY_PASS = EnumSet.of(Kind.UNAVAILABLE, Kind.TIMEOUT, Kind.FULL);

    private static final Logger LOG = LoggerFactory.getLogger("io.eventbus");
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
    private final FlowControl flow;
    private final Outlived outlived;
    private volatile @Nullable Receiver receiver;

    /** The membership that this one follows in the same group, until that has ended. Used by the loop only. */
    private @Nullable GroupConsumer predecessor;

    private boolean openedBefore;

    GroupConsumer(Parts parts, Group group, boolean ephemeral, @Nullable GroupConsumer predecessor) {
        this.predecessor = predecessor;
        this.parts = parts;
        this.group = group;
        this.ephemeral = ephemeral;
        this.audience = new Audience(group.name());
        this.lanes = parts.makeLanes();
        this.name = ephemeral ? "an ephemeral subscription to topic " + group.topic() : group.toString();
        this.state = new SessionState(name, this::sessionChanged);
        this.flow = new FlowControl(parts.config(), this::wakeup);
        this.outlived = parts.makeOutlived();
        this.opener = new SessionOpener(parts.config(), state, stop);
    }

    Group group() {
        return group;
    }

    /** For people. */
    String name() {
        return name;
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
        return flow.inFlight();
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
        return flow.isFull();
    }

    /** Who gets a message: specific subscriptions before those for everything, each in order of registration. */
    List<Registration> select(Message message) {
        return audience.select(message);
    }

    /** A delivery is done with for this member. */
    void settled(Counter as) {
        parts.stats().count(as);
        flow.settled();
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

    /**
     * Takes no more messages, and gives back those that no handler has begun. The receiver drains only after that: it gives back
     * what it was sent later. A second thread waits for the first, lest the receiver drain amid it.
     */
    synchronized void drain() {
        flow.stop();
        lanes.close().stream()
                .map(DeliveryWork.class::cast)
                .sorted(Comparator.comparingLong(DeliveryWork::arrival))
                .forEach(DeliveryWork::dropped);
        flow.drain();
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

    /** Where this session was lost, the one that publishes may be, too; noticed later, it might be told as another loss. */
    private void sessionChanged() {
        parts.healthWatch().look();
        parts.pipeline().check();
    }

    private void run() {
        try {
            awaitPredecessor();
            while (!opener.isStopped()) {
                Receiver opened = opener.open(this::openReceiver, this::openFailed);
                if (opened != null) {
                    receive(new ReceiverSession(parts, this, opened, lanes, audience, flow, returned));
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

    private void receive(ReceiverSession session) {
        if (openedBefore) {
            parts.stats().count(Counter.RECONNECTS);
        }
        openedBefore = true;
        TransportException loss = session.receive(opener::isStopped);
        receiver = null;
        if (loss != null) {
            lost(loss);
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
