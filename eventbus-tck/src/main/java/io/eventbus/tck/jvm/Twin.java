package io.eventbus.tck.jvm;

import io.eventbus.spi.OptionDescriptor;
import io.eventbus.spi.Transport;
import io.eventbus.spi.TransportConfig;
import io.eventbus.spi.TransportProvider;
import java.net.URI;
import java.util.List;
import java.util.Set;

/** A second provider beside the one under test, with whatever name and scheme the test wants. Makes no transport. */
public final class Twin implements TransportProvider {

    /** Static, since a provider is made by the service loader; each {@link ServicesLoader} has its own. */
    private static volatile String name = "";

    private static volatile String scheme = "";

    /** For {@link java.util.ServiceLoader}. */
    public Twin() {}

    static void appearAs(String newName, String newScheme) {
        name = newName;
        scheme = newScheme;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<String> schemes() {
        return Set.of(scheme);
    }

    @Override
    public URI defaultUrl() {
        return URI.create(scheme + ":default");
    }

    @Override
    public List<OptionDescriptor> options() {
        return List.of();
    }

    @Override
    public Transport create(TransportConfig config) {
        throw new IllegalArgumentException("this provider is here to be found only");
    }
}
