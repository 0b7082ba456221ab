package io.eventbus.tck.fault;

import io.eventbus.spi.Delivery;
import io.eventbus.spi.Message;

/** A delivery whose settlement gets nowhere once its bus has crashed. */
final class FaultyDelivery implements Delivery {

    private final Delivery original;
    private final TransportFaults faults;

    FaultyDelivery(Delivery original, TransportFaults faults) {
        this.original = original;
        this.faults = faults;
    }

    Delivery original() {
        return original;
    }

    @Override
    public Message message() {
        return original.message();
    }

    @Override
    public int deliveryCount() {
        return original.deliveryCount();
    }

    @Override
    public void accept() {
        if (!faults.crashed()) {
            original.accept();
        }
    }

    @Override
    public void release() {
        if (!faults.crashed()) {
            original.release();
        }
    }
}
