package io.eventbus.tck.fault;

import io.eventbus.spi.Capability;
import io.eventbus.spi.Limits;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.ReceiverSpec;
import io.eventbus.spi.Revocations;
import io.eventbus.spi.Sender;
import io.eventbus.spi.Transport;
import io.eventbus.spi.TransportAdmin;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** A transport that lets nothing through after a crash, and whose sessions fail on cue. */
final class FaultyTransport implements Transport {

    private final Transport original;
    private final TransportFaults faults;

    FaultyTransport(Transport original, TransportFaults faults) {
        this.original = original;
        this.faults = faults;
    }

    @Override
    public Set<Capability> capabilities() {
        return original.capabilities();
    }

    @Override
    public Limits limits() {
        return original.limits();
    }

    @Override
    public Optional<Duration> holdLimit() {
        return original.holdLimit();
    }

    @Override
    public Sender openSender() {
        faults.beforeOpening();
        return new FaultySender(original.openSender(), faults);
    }

    @Override
    public Receiver openReceiver(ReceiverSpec spec, Revocations revocations) {
        faults.beforeOpening();
        return new FaultyReceiver(original.openReceiver(spec, unwrapping(revocations)), faults);
    }

    /** The original asks about its own deliveries, the engine holds ours. */
    private static Revocations unwrapping(Revocations revocations) {
        return (which, within) -> revocations.revoking(
                delivery -> delivery instanceof FaultyDelivery faulty && which.test(faulty.original()), within);
    }

    @Override
    public TransportAdmin admin() {
        faults.requireAlive();
        return original.admin();
    }

    @Override
    public <T> Optional<T> unwrap(Class<T> nativeType) {
        return original.unwrap(nativeType);
    }

    @Override
    public void close() {
        original.close();
    }
}
