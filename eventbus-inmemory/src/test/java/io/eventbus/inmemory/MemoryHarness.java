package io.eventbus.inmemory;

import io.eventbus.tck.Environment;
import io.eventbus.tck.TransportHarness;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.UUID;

/** Gives the kit a broker of its own in this JVM. */
public final class MemoryHarness implements TransportHarness {

    @Override
    public String transport() {
        return "memory";
    }

    @Override
    public Environment start() {
        String url = "memory:" + UUID.randomUUID();
        return new Environment() {

            @Override
            public String url() {
                return url;
            }

            @Override
            public Optional<InetSocketAddress> address() {
                return Optional.empty();
            }

            @Override
            public void close() {
                // the broker lives as long as its class loader
            }
        };
    }
}
