package io.eventbus.tck.code.wild;

import io.eventbus.spi.OptionDescriptor;
import io.eventbus.spi.Transport;
import io.eventbus.spi.TransportConfig;
import io.eventbus.spi.TransportProvider;
import java.net.URI;
import java.util.List;
import java.util.Set;

/** The provider of a transport whose code does what it must not. */
public final class WildProvider implements TransportProvider {

    @Override
    public String name() {
        return "wild";
    }

    @Override
    public Set<String> schemes() {
        return Set.of("wild");
    }

    @Override
    public URI defaultUrl() {
        return URI.create("wild:");
    }

    @Override
    public List<OptionDescriptor> options() {
        return List.of();
    }

    @Override
    public Transport create(TransportConfig config) {
        throw new UnsupportedOperationException("only its code is looked at");
    }
}
