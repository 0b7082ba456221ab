package io.eventbus.cli.spoilt;

import io.eventbus.spi.Capability;
import io.eventbus.spi.Limits;
import io.eventbus.spi.OptionDescriptor;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.ReceiverSpec;
import io.eventbus.spi.Revocations;
import io.eventbus.spi.Sender;
import io.eventbus.spi.Transport;
import io.eventbus.spi.TransportAdmin;
import io.eventbus.spi.TransportConfig;
import io.eventbus.spi.TransportProvider;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;

/** The transport for Redis, with a {@link Defect} on the way from the broker: a URL {@code spoilt-repeats://…} names it. */
public final class SpoiltProvider implements TransportProvider {
    /** The provider's name. */
    public static final String NAME = "spoilt";

    private static final String SOUND = "redis";

    /** For the service loader. */
    public SpoiltProvider() {}

    /**
     * Spoils a URL.
     *
     * @param url a URL of Redis
     * @param defect the defect
     * @return the same broker, reached with the defect
     */
    public static String spoil(String url, Defect defect) {
        return scheme(defect) + url.substring(SOUND.length());
    }

    private static String scheme(Defect defect) {
        return NAME + "-" + defect.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<String> schemes() {
        return Arrays.stream(Defect.values()).map(SpoiltProvider::scheme).collect(Collectors.toSet());
    }

    @Override
    public URI defaultUrl() {
        return URI.create(spoil(sound().defaultUrl().toString(), Defect.NONE));
    }

    @Override
    public List<OptionDescriptor> options() {
        return sound().options();
    }

    @Override
    public Transport create(TransportConfig config) {
        String scheme = config.url().getScheme();
        URI url = URI.create(SOUND + config.url().toString().substring(scheme.length()));
        Defect defect = Defect.valueOf(scheme.substring(NAME.length() + 1).toUpperCase(Locale.ROOT));
        Transport transport =
                sound().create(new TransportConfig(url, config.options(), config.openTimeout(), config.clientName()));
        return new Spoilt(transport, defect);
    }

    private static TransportProvider sound() {
        return ServiceLoader.load(TransportProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals(SOUND))
                .findFirst()
                .orElseThrow();
    }

    private record Spoilt(Transport transport, Defect defect) implements Transport {

        @Override
        public Set<Capability> capabilities() {
            return transport.capabilities();
        }

        @Override
        public Limits limits() {
            return transport.limits();
        }

        @Override
        public Optional<Duration> holdLimit() {
            return transport.holdLimit();
        }

        @Override
        public Sender openSender() {
            return transport.openSender();
        }

        @Override
        public Receiver openReceiver(ReceiverSpec spec, Revocations revocations) {
            return new SpoiltReceiver(transport.openReceiver(spec, revocations), defect);
        }

        @Override
        public TransportAdmin admin() {
            return transport.admin();
        }

        @Override
        public void close() {
            transport.close();
        }
    }
}
