package io.eventbus.benchmarks;

import io.eventbus.brokers.Broker;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A running broker and its clients.
 *
 * @param bus the bus
 * @param raw the broker's own client; null in memory, where there is none
 * @param broker null in memory
 */
record Setup(Client bus, @Nullable RawClient raw, @Nullable Broker broker) implements AutoCloseable {

    /** Makes the client of a broker. */
    interface Connect {
        RawClient to(URI url) throws IOException;
    }

    static Setup inMemory() {
        return new Setup(new BusClient("memory:benchmark"), null, null);
    }

    /** Takes the broker over: closes it with the rest. */
    static Setup of(Broker broker, Connect connect) throws IOException {
        try {
            return new Setup(new BusClient(broker.url().toString()), connect.to(broker.url()), broker);
        } catch (IOException | RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        try (broker;
                raw) {
            // nothing but closing both
        }
    }
}
