package io.eventbus.tck.broken;

import io.eventbus.spi.Delivery;
import io.eventbus.spi.Message;

/** An entry on loan to a receiver. */
final class BreakableDelivery implements Delivery {

    private final BreakableReceiver receiver;
    private final Entry entry;
    private final Message message;
    private final int turn;
    private final int deliveryCount;

    /** @param deliveryCount what the transport says, true or not */
    BreakableDelivery(BreakableReceiver receiver, Entry entry, Message message, int deliveryCount) {
        this.receiver = receiver;
        this.entry = entry;
        this.message = message;
        this.turn = entry.deliveries();
        this.deliveryCount = deliveryCount;
    }

    /** Which delivery of its entry it is, from 1. */
    int turn() {
        return turn;
    }

    Entry entry() {
        return entry;
    }

    @Override
    public Message message() {
        return message;
    }

    @Override
    public int deliveryCount() {
        return deliveryCount;
    }

    @Override
    public void accept() {
        receiver.accept(this);
    }

    @Override
    public void release() {
        receiver.release(this);
    }
}
