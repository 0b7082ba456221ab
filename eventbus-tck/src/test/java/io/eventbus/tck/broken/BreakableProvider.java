package io.eventbus.tck.broken;

import io.eventbus.spi.OptionDescriptor;
import io.eventbus.spi.Transport;
import io.eventbus.spi.TransportConfig;
import io.eventbus.spi.TransportProvider;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Makes transports for URLs {@code breakable:MUTANT.name}; those with one URL share a broker, which has that defect. */
public class BreakableProvider implements TransportProvider {

    static final String NAME = "breakable";

    private static final OptionDescriptor NOTE =
            OptionDescriptor.text(NAME + ".note", "", "Anything, for people; changes nothing.");

    /** For the service loader. */
    public BreakableProvider() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<String> schemes() {
        return Set.of(NAME);
    }

    @Override
    public URI defaultUrl() {
        return URI.create(url(TransportMutant.NONE, "default"));
    }

    @Override
    public List<OptionDescriptor> options() {
        return List.of(NOTE);
    }

    @Override
    public Transport create(TransportConfig config) {
        String[] parts = config.url().getSchemeSpecificPart().split("\\.", 3);
        TransportMutant mutant = Arrays.stream(TransportMutant.values())
                .filter(one -> parts.length > 1 && one.name().equals(parts[0]))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected " + NAME + ":MUTANT.name"));
        refuse(mutant, config.text(NOTE));
        Login login = parts.length > 2 ? Login.valueOf(parts[2]) : Login.GOOD;
        return new BreakableTransport(BreakableBroker.shared(parts[1], mutant), login);
    }

    private static void refuse(TransportMutant mutant, String note) {
        if (mutant == TransportMutant.SHOWS_OPTIONS && !note.isEmpty()) {
            throw new IllegalArgumentException("what is " + note + "?");
        }
    }

    static String url(TransportMutant mutant, String name) {
        return NAME + ":" + mutant + "." + name;
    }
}
