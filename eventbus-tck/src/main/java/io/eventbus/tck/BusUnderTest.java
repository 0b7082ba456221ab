package io.eventbus.tck;

import io.eventbus.EventBus;
import io.eventbus.spi.Limits;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.ReceiverSpec;
import io.eventbus.spi.Sender;
import io.eventbus.tck.fault.FaultyProvider;
import io.eventbus.tck.fault.TransportFaults;
import io.eventbus.tck.net.TcpProxy;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One bus of a test, with what can be done to it from outside. Made and, at the end of the test, closed by the {@link Kit}.
 * Thread-safe.
 */
public final class BusUnderTest {

    private final String instance;
    private final EventBus bus;
    private final FaultyProvider provider;
    private final TransportFaults faults;
    private final @Nullable TcpProxy proxy;

    BusUnderTest(
            String instance, EventBus bus, FaultyProvider provider, TransportFaults faults, @Nullable TcpProxy proxy) {
        this.instance = instance;
        this.bus = bus;
        this.provider = provider;
        this.faults = faults;
        this.proxy = proxy;
    }

    /** {@return its name, unique in the run, as histories want it} */
    public String instance() {
        return instance;
    }

    /** {@return the bus itself} */
    public EventBus bus() {
        return bus;
    }

    /** {@return this, once the bus is started} */
    public BusUnderTest start() {
        bus.start();
        return this;
    }

    /** {@return what its transport declares that it can carry} */
    public Limits limits() {
        return provider.transport().limits();
    }

    /** {@return how long its transport declares that the broker lets a member hold a delivery; empty: as long as it lives} */
    public Optional<Duration> holdLimit() {
        return provider.transport().holdLimit();
    }

    /**
     * Opens a sending session beside those of the bus, for messages that no bus would send.
     *
     * @return the session, which the caller closes
     */
    public Sender openSender() {
        return provider.transport().openSender();
    }

    /**
     * Opens a receiving session beside those of the bus, to settle deliveries as no engine would.
     *
     * @param spec the group and how to read from it
     * @return the session, which one thread of the caller's polls and closes
     */
    public Receiver openReceiver(ReceiverSpec spec) {
        return provider.transport().openReceiver(spec, (which, within) -> {});
    }

    /** {@return the cues for its transport} */
    public TransportFaults faults() {
        return faults;
    }

    /**
     * The proxy through which this bus alone reaches the broker.
     *
     * @return the proxy, or empty for a transport without network
     */
    public Optional<TcpProxy> proxy() {
        return Optional.ofNullable(proxy);
    }

    /**
     * The network between this bus and the broker, to be broken.
     *
     * @return the proxy through which this bus alone reaches the broker
     * @throws NotApplicable if the transport has no network
     */
    public TcpProxy network() {
        return proxy().orElseThrow(() -> new NotApplicable("the transport " + provider.name() + " has no network"));
    }

    /**
     * Makes the bus vanish without goodbye: its connections are reset, and nothing that it still does gets through. Its handlers
     * that are running run on, as they would until the process is gone; what they do has no effect on the broker.
     */
    public void crash() {
        if (proxy != null) {
            proxy.cut();
        }
        provider.crash();
    }

    /** {@return whether it has crashed: nothing that it does gets through any more} */
    public boolean crashed() {
        return faults.crashed();
    }

    /** Closes the bus as an application does. */
    public void close() {
        bus.close();
    }
}
