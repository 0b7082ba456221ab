/** The in-memory broker. */
@SuppressWarnings("requires-automatic") // AutoService has no module descriptor, and is needed to compile only
module io.eventbus.inmemory {
    requires io.eventbus;
    requires static com.google.auto.service;
    requires static org.jspecify;

    provides io.eventbus.spi.TransportProvider with
            io.eventbus.inmemory.MemoryTransportProvider;
}
