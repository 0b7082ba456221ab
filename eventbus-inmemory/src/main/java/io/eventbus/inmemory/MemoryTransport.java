package io.eventbus.inmemory;

import io.eventbus.spi.Capability;
import io.eventbus.spi.Limits;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.ReceiverSpec;
import io.eventbus.spi.Revocations;
import io.eventbus.spi.Sender;
import io.eventbus.spi.StartFrom;
import io.eventbus.spi.Transport;
import io.eventbus.spi.TransportAdmin;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One bus's way to a broker. Closing it takes all its members out of their groups. */
final class MemoryTransport implements Transport {
    private static final Set<Capability> CAPABILITIES = Set.of(Capability.DELIVERY_COUNT);
    private static final Limits LIMITS = new Limits(16 << 20, 64 << 10, 200, 255);

    private final MemoryBroker broker;
    private final int maxBacklog;

    /** Guards the receivers and writes of closed. */
    private final Object lock = new Object();

    private final Set<MemoryReceiver> receivers = new HashSet<>();
    private volatile boolean closed;

    MemoryTransport(MemoryBroker broker, int maxBacklog) {
        this.broker = broker;
        this.maxBacklog = maxBacklog;
    }

    @Override
    public Set<Capability> capabilities() {
        return CAPABILITIES;
    }

    @Override
    public Limits limits() {
        return LIMITS;
    }

    @Override
    public Sender openSender() {
        requireOpen();
        return new MemorySender(this, broker, maxBacklog);
    }

    @Override
    public Receiver openReceiver(ReceiverSpec spec, Revocations revocations) {
        if (spec.startFrom() == StartFrom.EARLIEST) {
            throw Refusal.retainsNothing(spec.group());
        }
        synchronized (lock) {
            requireOpen();
            Member member = new Member(spec.maxInFlight());
            MemoryReceiver receiver = new MemoryReceiver(this, broker.join(spec, member), member);
            receivers.add(receiver);
            return receiver;
        }
    }

    @Override
    public TransportAdmin admin() {
        return new MemoryAdmin(this, broker);
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            List.copyOf(receivers).forEach(this::leave);
        }
    }

    void leave(MemoryReceiver receiver) {
        synchronized (lock) {
            receivers.remove(receiver);
            broker.leave(receiver.queue(), receiver.member());
        }
    }

    void requireOpen() {
        if (closed) {
            throw Refusal.closed("The transport");
        }
    }
}
