package io.eventbus.tck.broken;

import static io.eventbus.tck.broken.TransportMutant.CLOSES_OTHERS;
import static io.eventbus.tck.broken.TransportMutant.LEAK_THREAD;
import static io.eventbus.tck.broken.TransportMutant.LETS_ANYONE_IN;
import static io.eventbus.tck.broken.TransportMutant.NEVER_READY;
import static io.eventbus.tck.broken.TransportMutant.OPENING_THROWS;
import static io.eventbus.tck.broken.TransportMutant.SLOW;
import static io.eventbus.tck.broken.TransportMutant.SWALLOWS_REFUSALS;

import io.eventbus.spi.Capability;
import io.eventbus.spi.Limits;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.ReceiverSpec;
import io.eventbus.spi.Revocations;
import io.eventbus.spi.Sender;
import io.eventbus.spi.Transport;
import io.eventbus.spi.TransportAdmin;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/** One bus's way to the broker. */
final class BreakableTransport implements Transport {

    static final Limits LIMITS = new Limits(4 << 20, 64 << 10, 200, 255);

    /** How long what is slow takes, and what comes in bursts gathers. */
    static final Duration HOP = Duration.ofMillis(100);

    private static final Limits LESS = new Limits(1 << 20, 64 << 10, 200, 255);
    private static final Limits LEAST = new Limits(64 << 10, 4 << 10, 64, 255);
    private static final Set<BreakableTransport> ALL = ConcurrentHashMap.newKeySet();
    private static final Duration LEAK = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(1);

    private final BreakableBroker broker;
    private final TransportMutant mutant;
    private final Login login;
    private final Duration holdLimit;
    private final List<BreakableReceiver> receivers = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean opened;

    BreakableTransport(BreakableBroker broker, Login login, Duration holdLimit) {
        this.broker = broker;
        this.login = login;
        this.holdLimit = holdLimit;
        this.mutant = broker.mutant();
        if (mutant == CLOSES_OTHERS) {
            ALL.add(this);
        }
    }

    TransportMutant mutant() {
        return mutant;
    }

    @Override
    public Set<Capability> capabilities() {
        return switch (mutant) {
            case SILENT_IGNORE -> Set.of(Capability.DELIVERY_COUNT, Capability.RETAINED);
            case CLAIMS_KEY_ORDER -> Set.of(Capability.DELIVERY_COUNT, Capability.GROUP_KEY_ORDER);
            case CLAIMS_DURABLE -> Set.of(Capability.DELIVERY_COUNT, Capability.DURABLE);
            case MODEST -> Set.of();
            case FORGETS_CLAIMS -> closed.getCount() == 0 ? Set.of() : Set.of(Capability.DELIVERY_COUNT);
            default -> Set.of(Capability.DELIVERY_COUNT);
        };
    }

    @Override
    public Limits limits() {
        return switch (mutant) {
            case CHANGES_LIMITS -> opened ? LESS : LIMITS;
            case MODEST -> LEAST;
            default -> LIMITS;
        };
    }

    @Override
    public Optional<Duration> holdLimit() {
        return Optional.of(holdLimit);
    }

    @Override
    public Sender openSender() {
        open();
        return new BreakableSender(this, broker);
    }

    @Override
    public Receiver openReceiver(ReceiverSpec spec, Revocations revocations) {
        open();
        if (mutant == NEVER_READY) {
            awaitClosed();
        }
        requireRight();
        BreakableReceiver receiver = broker.join(spec, this);
        receivers.add(receiver);
        if (closed.getCount() == 0) {
            leave(receiver);
            requireOpen();
        }
        return receiver;
    }

    @Override
    public TransportAdmin admin() {
        failIf(OPENING_THROWS);
        return new BreakableAdmin(this, broker);
    }

    @Override
    public void close() {
        shut();
        if (mutant == CLOSES_OTHERS) {
            ALL.stream().filter(other -> other.broker.equals(broker)).forEach(BreakableTransport::shut);
        }
    }

    private void shut() {
        closed.countDown();
        receivers.forEach(this::leave);
    }

    /** What every session begins with. */
    private void open() {
        requireOpen();
        failIf(OPENING_THROWS);
        if (login == Login.WRONG && mutant != LETS_ANYONE_IN) {
            throw Failures.denied("the login");
        }
        if (mutant == SLOW) {
            LockSupport.parkNanos(HOP.toNanos());
        }
        opened = true;
        if (mutant == LEAK_THREAD) {
            Thread leaked = new Thread(() -> LockSupport.parkNanos(LEAK.toNanos()), "leaked");
            leaked.setDaemon(true);
            leaked.start();
        }
    }

    void failIf(TransportMutant throwing) {
        if (mutant == throwing) {
            throw Failures.refused("nothing works here");
        }
    }

    void requireRight() {
        if (login == Login.WITHOUT_RIGHTS) {
            throw Failures.denied("what this user asks for");
        }
    }

    /** Whether what is sent goes nowhere, and nobody is told. */
    boolean isSwallowed() {
        return login == Login.WITHOUT_RIGHTS && mutant == SWALLOWS_REFUSALS;
    }

    /** For those that must not send on the session that delivers. */
    void awaitNothingHeld() {
        while (closed.getCount() > 0 && broker.holds(receivers)) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private void awaitClosed() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw Failures.closed("The transport");
    }

    /** Settles all that a receiver of this transport has. */
    void settleAll(Receiver receiver) {
        broker.settleAll((BreakableReceiver) receiver);
    }

    /** Gives all that a receiver of this transport has settled to its group again, unless it has left in order. */
    void forgetSettlements(Receiver receiver) {
        broker.forgetSettlements((BreakableReceiver) receiver);
    }

    void leave(BreakableReceiver receiver) {
        receivers.remove(receiver);
        broker.leave(receiver);
    }

    void requireOpen() {
        if (closed.getCount() == 0) {
            throw Failures.closed("The transport");
        }
    }
}
