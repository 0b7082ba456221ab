package io.eventbus.tck.fault;

import io.eventbus.spi.OptionDescriptor;
import io.eventbus.spi.Transport;
import io.eventbus.spi.TransportConfig;
import io.eventbus.spi.TransportProvider;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A provider whose one transport fails on cue. Thread-safe. */
public final class FaultyProvider implements TransportProvider {

    private final TransportProvider original;
    private final TransportFaults faults;
    private final AtomicReference<@Nullable Transport> created = new AtomicReference<>();

    /**
     * Makes a provider for one bus.
     *
     * @param original the provider under test
     * @param faults the cues for the transport that this one makes
     */
    public FaultyProvider(TransportProvider original, TransportFaults faults) {
        this.original = original;
        this.faults = faults;
    }

    @Override
    public String name() {
        return original.name();
    }

    @Override
    public Set<String> schemes() {
        return original.schemes();
    }

    @Override
    public URI defaultUrl() {
        return original.defaultUrl();
    }

    @Override
    public List<OptionDescriptor> options() {
        return original.options();
    }

    @Override
    public Set<String> namesBelow(OptionDescriptor prefix) {
        return original.namesBelow(prefix);
    }

    @Override
    public Transport create(TransportConfig config) {
        Transport transport = original.create(config);
        created.set(transport);
        return new FaultyTransport(transport, faults);
    }

    /**
     * The transport that was made, without faults.
     *
     * @return the original
     * @throws IllegalStateException if none has been made yet
     */
    public Transport transport() {
        Transport transport = created.get();
        if (transport == null) {
            throw new IllegalStateException("no bus has been built with this provider");
        }
        return transport;
    }

    /**
     * Makes the bus vanish without goodbye. Where there is a network, its connections have been cut before: what closing the
     * transport still wants to say then gets nowhere.
     */
    public void crash() {
        faults.crash();
        Transport transport = created.get();
        if (transport != null) {
            transport.close();
        }
    }
}
