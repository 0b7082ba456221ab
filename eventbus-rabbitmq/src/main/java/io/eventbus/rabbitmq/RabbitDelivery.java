package io.eventbus.rabbitmq;

import io.eventbus.spi.Delivery;
import io.eventbus.spi.Message;

/** One delivery of one channel; settling it leaves a note for the thread that polls. */
record RabbitDelivery(Message message, int deliveryCount, long tag, SettledTags tags, Arrivals arrivals)
        implements Delivery {

    @Override
    public void accept() {
        if (tags.accept(tag)) {
            arrivals.nudge();
        }
    }

    @Override
    public void release() {
        if (tags.release(tag)) {
            arrivals.nudge();
        }
    }

    @Override
    public String toString() {
        return message + ", delivery " + tag;
    }
}
