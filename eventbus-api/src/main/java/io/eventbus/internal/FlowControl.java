package io.eventbus.internal;

import io.eventbus.BusConfig;
import io.eventbus.spi.Delivery;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many deliveries one membership has in flight, and how many more it asks for: the whole of backpressure. Any thread, but for
 * what says that the thread that polls uses it.
 */
final class FlowControl {
    private final int maxInFlight;
    private final Caution caution;
    private final Runnable onRoom;
    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile boolean stopped;
    private volatile boolean draining;

    /** @param onRoom wakes the thread that polls, which may have asked for nothing and may ask for something now */
    FlowControl(BusConfig config, Runnable onRoom) {
        this.maxInFlight = config.maxInFlight();
        this.caution = new Caution(config.maxDeliveries());
        this.onRoom = onRoom;
    }

    int inFlight() {
        return inFlight.get();
    }

    /** Whether it holds as many deliveries as it may, and takes no more. */
    boolean isFull() {
        return inFlight.get() >= maxInFlight;
    }

    /** Asks for nothing from now on. */
    void stop() {
        stopped = true;
    }

    boolean isStopped() {
        return stopped;
    }

    /** It is stopped, and all that no handler has begun is given back. */
    void drain() {
        draining = true;
    }

    boolean isDraining() {
        return draining;
    }

    /** A session begins. The thread that polls. */
    void begin() {
        caution.begin();
    }

    /** How many to ask for. The thread that polls. */
    int room() {
        if (stopped) {
            return 0;
        }
        int held = inFlight.get();
        return caution.room(held, Math.max(0, maxInFlight - held));
    }

    /** To be told before any of these is handled. The thread that polls. */
    void taking(List<Delivery> deliveries) {
        caution.taking(deliveries);
    }

    /** One that was brought is in flight now. The thread that polls. */
    void taken() {
        inFlight.incrementAndGet();
    }

    /** One is not in flight any more. */
    void settled() {
        int before = inFlight.getAndDecrement();
        if (before >= maxInFlight || (caution.waitsForOne() && before == 1)) {
            onRoom.run();
        }
    }
}
