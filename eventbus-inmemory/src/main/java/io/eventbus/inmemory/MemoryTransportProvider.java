package io.eventbus.inmemory;

import com.google.auto.service.AutoService;
import io.eventbus.spi.OptionDescriptor;
import io.eventbus.spi.Transport;
import io.eventbus.spi.TransportConfig;
import io.eventbus.spi.TransportProvider;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The way to the broker inside the JVM.
 *
 * <p>All transports with the URL {@code memory:name} share one broker, which lives as long as the JVM: what a group has not
 * settled waits there although no bus is open. {@code memory:}, which as a {@link URI} is {@code memory:/}, is a broker for
 * one transport alone, which ends with it.
 *
 * <p>Events that were taken are lost with the process. A group begins with what is sent after it was made. The broker does
 * not filter: a receiver is handed every message of its group whatever its patterns are. {@link Transport#unwrap} yields
 * nothing. Stateless and thread-safe.
 */
@AutoService(TransportProvider.class)
public final class MemoryTransportProvider implements TransportProvider {
    private static final String NAME = "memory";
    private static final String PRIVATE = "/";
    private static final Pattern SHARED = Pattern.compile("[A-Za-z0-9._~-]{1,200}");
    private static final OptionDescriptor MAX_BACKLOG = OptionDescriptor.integer(
            NAME + ".max-backlog",
            1_000_000,
            "how many unsettled events, and how many dead letters, a group may hold; more is refused, events to all publishers of"
                    + " the topic although its other groups had room");

    /** For {@link java.util.ServiceLoader}. */
    public MemoryTransportProvider() {}

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
        return URI.create("memory:default");
    }

    @Override
    public List<OptionDescriptor> options() {
        return List.of(MAX_BACKLOG);
    }

    @Override
    public Transport create(TransportConfig config) {
        return new MemoryTransport(broker(config.url()), config.integer(MAX_BACKLOG));
    }

    private static MemoryBroker broker(URI url) {
        String name = url.getRawSchemeSpecificPart();
        if (url.getRawFragment() == null && name.equals(PRIVATE)) {
            return new MemoryBroker();
        }
        if (url.getRawFragment() == null && SHARED.matcher(name).matches()) {
            return MemoryBroker.shared(name);
        }
        // Not repeated, since what is no name may hold a password.
        throw new IllegalArgumentException(
                "The URL of the in-memory broker is malformed: expected memory:NAME, where NAME is"
                        + " 1 to 200 of the characters A-Z a-z 0-9 . _ ~ -, for a broker that is shared in this JVM, or memory: for"
                        + " one of this bus alone");
    }
}
