package io.eventbus.kafka;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Deliveries that were settled, on their way to the thread that polls. Thread-safe. */
final class Settlements {

    /**
     * What became of a delivery.
     *
     * @param delivery the delivery
     * @param accepted whether it is done with; else it goes back
     */
    record Settlement(KafkaDelivery delivery, boolean accepted) {}

    private final Queue<Settlement> settled = new ConcurrentLinkedQueue<>();
    private final Runnable wakeup;
    private volatile boolean awaited;

    /** @param wakeup ends the wait of the thread that polls */
    Settlements(Runnable wakeup) {
        this.wakeup = wakeup;
    }

    void add(Settlement settlement) {
        settled.add(settlement);
        if (awaited) {
            awaited = false;
            wakeup.run();
        }
    }

    /** The next one, or null if there is none now. */
    @Nullable Settlement poll() {
        return settled.poll();
    }

    /** Says whether the next one is to end the wait of the thread that polls; false if there is one already. */
    boolean await(boolean wanted) {
        awaited = wanted;
        return settled.isEmpty();
    }
}
