package io.eventbus.redis;

import io.eventbus.spi.Delivery;
import io.eventbus.spi.Message;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One delivery of one session; settling it leaves a note for the thread that polls. What was given back may come again in the same
 * session, as another delivery of the same entry, which this one does not settle any more.
 */
final class RedisDelivery implements Delivery {

    private final Message message;
    private final int deliveryCount;
    private final String id;
    private final Holdings holdings;
    private final Runnable nudge;
    private final AtomicBoolean settled = new AtomicBoolean();

    RedisDelivery(Message message, int deliveryCount, String id, Holdings holdings, Runnable nudge) {
        this.message = message;
        this.deliveryCount = deliveryCount;
        this.id = id;
        this.holdings = holdings;
        this.nudge = nudge;
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
        if (settled.compareAndSet(false, true) && holdings.accept(id)) {
            nudge.run();
        }
    }

    @Override
    public void release() {
        if (settled.compareAndSet(false, true) && holdings.release(id)) {
            nudge.run();
        }
    }

    /** Whether it is of this session and one of these. */
    boolean isAmong(Holdings session, Set<String> ids) {
        return holdings == session && ids.contains(id);
    }

    @Override
    public String toString() {
        return message + ", entry " + id;
    }
}
