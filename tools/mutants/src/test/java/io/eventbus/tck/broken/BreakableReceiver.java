package io.eventbus.tck.broken;

import static io.eventbus.tck.broken.TransportMutant.SLOW;
import static io.eventbus.tck.broken.TransportMutant.UNSURE;

import io.eventbus.spi.Delivery;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.RoutingPattern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A member's session. The broker's lock guards all but the bell. */
final class BreakableReceiver implements Receiver {

    /** How many settlements it gathers before it sends the oldest. */
    private static final int LOT = 37;

    private final BreakableTransport transport;
    private final BreakableBroker broker;
    private final BreakableQueue queue;
    private final Semaphore bell = new Semaphore(0);
    private final List<BreakableDelivery> unsentAcks = new ArrayList<>();
    private final List<Entry> accepted = new ArrayList<>();
    private long lastAccepted;

    BreakableReceiver(BreakableTransport transport, BreakableBroker broker, BreakableQueue queue) {
        this.transport = transport;
        this.broker = broker;
        this.queue = queue;
    }

    BreakableQueue queue() {
        return queue;
    }

    /** How long it may hold something. */
    Duration holdLimit() {
        return transport.holdLimit().orElseThrow();
    }

    /** The place of the latest entry that was accepted. */
    long lastAccepted() {
        return lastAccepted;
    }

    /** What was accepted, in that order, where that is of use; forgets it. */
    List<Entry> takeAccepted() {
        List<Entry> all = List.copyOf(accepted);
        accepted.clear();
        return all;
    }

    void accepted(Entry entry) {
        if (transport.mutant().forgetsSettlements()) {
            accepted.add(entry);
        }
        lastAccepted = Math.max(lastAccepted, entry.place());
    }

    @Override
    public List<Delivery> poll(int maxMessages, Duration timeout) {
        List<Delivery> taken = take(maxMessages);
        if (taken.isEmpty()) {
            awaitBell(timeout);
            taken = take(maxMessages);
        }
        return taken;
    }

    private List<Delivery> take(int maxMessages) {
        transport.failIf(TransportMutant.SESSIONS_THROW);
        synchronized (broker.lock()) {
            queue.endOverdueSessions();
            queue.requireMember(this);
            List<Delivery> taken = queue.take(this, maxMessages);
            if (!taken.isEmpty()) {
                bell.drainPermits();
            }
            return taken;
        }
    }

    @Override
    public void wakeup() {
        bell.release();
    }

    private void awaitBell(Duration timeout) {
        try {
            bell.tryAcquire(patience(timeout).toNanos(), TimeUnit.NANOSECONDS);
            bell.drainPermits();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is not handed over yet rings no more. */
    private Duration patience(Duration timeout) {
        boolean isLate = transport.mutant() == SLOW || transport.mutant() == UNSURE;
        return isLate && timeout.compareTo(BreakableTransport.HOP) > 0 ? BreakableTransport.HOP : timeout;
    }

    @Override
    public void bind(RoutingPattern pattern) {
        synchronized (broker.lock()) {
            queue.requireMember(this);
            queue.bind(pattern);
        }
    }

    /** Nothing was set aside. */
    @Override
    public void drain() {}

    @Override
    public void close() {
        transport.leave(this);
        transport.failIf(TransportMutant.CLOSING_THROWS);
    }

    void accept(BreakableDelivery delivery) {
        synchronized (broker.lock()) {
            if (transport.mutant() != TransportMutant.NO_FLUSH_ON_CLOSE) {
                queue.accept(this, delivery);
                return;
            }
            unsentAcks.add(delivery);
            if (unsentAcks.size() == LOT) {
                queue.accept(this, unsentAcks.remove(0));
            }
        }
    }

    void release(BreakableDelivery delivery) {
        synchronized (broker.lock()) {
            if (transport.mutant() == TransportMutant.RELEASE_SETTLES) {
                queue.accept(this, delivery);
            } else {
                queue.release(this, delivery);
            }
        }
    }
}
