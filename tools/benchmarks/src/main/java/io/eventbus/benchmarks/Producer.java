package io.eventbus.benchmarks;

import java.io.IOException;

/** Publishes events. For one thread. Each method fails when the broker did not accept an event. */
interface Producer extends AutoCloseable {

    /** How many things the events are about. */
    int KEYS = 64;

    /** Publishes without waiting for the answer, unless too many are awaited already. */
    void send(long time) throws IOException;

    /** Waits until all that was sent is accepted. */
    void flush() throws IOException;

    /** Publishes an event and waits until it is accepted. */
    void publish(long time) throws IOException;

    @Override
    void close() throws IOException;
}
