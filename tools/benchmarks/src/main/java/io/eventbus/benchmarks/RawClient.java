package io.eventbus.benchmarks;

import java.io.IOException;

/** A broker's own client, as one would use it alone: each event is its key and a body that begins with a time. */
interface RawClient extends Client, AutoCloseable {

    /** Removes a topic with all that belongs to it, whether this client made it or the bus. */
    void remove(String topic) throws IOException;

    @Override
    void close() throws IOException;
}
