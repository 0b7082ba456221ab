package io.eventbus.tck.fault;

import io.eventbus.spi.Delivery;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.RoutingPattern;
import java.time.Duration;
import java.util.List;

/** A receiver whose polls fail when they are told to. */
final class FaultyReceiver implements Receiver {

    private final Receiver original;
    private final TransportFaults faults;

    FaultyReceiver(Receiver original, TransportFaults faults) {
        this.original = original;
        this.faults = faults;
    }

    @Override
    public List<Delivery> poll(int maxMessages, Duration timeout) {
        faults.beforePoll();
        List<Delivery> deliveries = original.poll(maxMessages, timeout);
        faults.requireAlive();
        return deliveries.stream()
                .<Delivery>map(delivery -> new FaultyDelivery(delivery, faults))
                .toList();
    }

    @Override
    public void wakeup() {
        original.wakeup();
    }

    @Override
    public void bind(RoutingPattern pattern) {
        faults.requireAlive();
        original.bind(pattern);
    }

    @Override
    public void drain() {
        faults.requireAlive();
        original.drain();
    }

    @Override
    public void close() {
        original.close();
    }
}
