package io.eventbus.tck.fault;

import io.eventbus.spi.OptionDescriptor;
import io.eventbus.spi.Transport;
import io.eventbus.spi.TransportConfig;
import io.eventbus.spi.TransportProvider;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A provider with further options of any text, which its transport does not look at: for tests of what becomes of options
 * whatever the transport has. Changes nothing else. Thread-safe.
 */
public final class ExtraOptionsProvider implements TransportProvider {

    private final TransportProvider original;
    private final List<OptionDescriptor> extra;
    private final AtomicReference<@Nullable TransportConfig> config = new AtomicReference<>();

    /**
     * Makes a provider.
     *
     * @param original the provider under test
     * @param names the names of the options, without the prefix that all options of the provider have
     */
    public ExtraOptionsProvider(TransportProvider original, String... names) {
        this.original = original;
        this.extra = Stream.of(names)
                .map(name -> OptionDescriptor.text(original.name() + "." + name, "default", "Does nothing."))
                .toList();
    }

    /** {@return the options that the last transport was made from, by their full names; empty if there was none} */
    public Map<String, String> received() {
        TransportConfig last = config.get();
        return last == null ? Map.of() : last.options();
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
        return Stream.concat(original.options().stream(), extra.stream()).toList();
    }

    @Override
    public Set<String> namesBelow(OptionDescriptor prefix) {
        return original.namesBelow(prefix);
    }

    @Override
    public Transport create(TransportConfig complete) {
        config.set(complete);
        return original.create(complete);
    }
}
