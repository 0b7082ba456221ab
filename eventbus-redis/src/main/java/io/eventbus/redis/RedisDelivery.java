package io.eventbus.redis;

import io.eventbus.spi.Delivery;
import io.eventbus.spi.Message;
import java.util.Set;

/** One delivery of one session; settling it leaves a note for the thread that polls. */
record RedisDelivery(Message message, int deliveryCount, String id, Holdings holdings, Runnable nudge)
        implements Delivery {

    @Override
    public void accept() {
        if (holdings.accept(id)) {
            nudge.run();
        }
    }

    @Override
    public void release() {
        if (holdings.release(id)) {
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
