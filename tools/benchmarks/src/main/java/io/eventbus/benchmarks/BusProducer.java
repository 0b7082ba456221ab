package io.eventbus.benchmarks;

import io.eventbus.EventBus;
import java.io.IOException;

/** Publishes through the bus, which itself bounds how much is open. */
final class BusProducer implements Producer {
    /** More than the bus allows: its own bound is the one that counts. */
    private static final int LIMIT = 100_000;

    private final EventBus bus;
    private final String text;
    private final InFlight inFlight = new InFlight(LIMIT);
    private int sent;

    BusProducer(EventBus bus, int size) {
        this.bus = bus;
        this.text = Measured.text(size);
    }

    @Override
    public void send(long time) throws IOException {
        inFlight.begin();
        bus.publishAsync(event(time)).whenComplete((done, failure) -> inFlight.end(failure));
    }

    @Override
    public void flush() throws IOException {
        inFlight.awaitNone();
    }

    @Override
    public void publish(long time) {
        bus.publish(event(time));
    }

    @Override
    public void close() {
        bus.close();
    }

    private Measured event(long time) {
        return new Measured(sent++ % KEYS, time, text);
    }
}
