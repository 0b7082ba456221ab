package io.eventbus.tck.broken;

import io.eventbus.spi.OptionDescriptor;
import io.eventbus.spi.TlsTrust;
import io.eventbus.spi.Transport;
import io.eventbus.spi.TransportConfig;
import io.eventbus.spi.TransportProvider;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes transports for URLs {@code breakable:MUTANT.name}, and {@code breakable://host:port/MUTANT.name} by the network; those
 * with one name share a broker, which has that defect. What follows a further dot is the {@link Login}.
 */
public class BreakableProvider implements TransportProvider {

    static final String NAME = "breakable";

    private static final OptionDescriptor NOTE =
            OptionDescriptor.text(NAME + ".note", "", "Anything, for people; changes nothing.");

    private static final OptionDescriptor ANSWER_TIMEOUT = OptionDescriptor.duration(
            NAME + ".answer-timeout",
            "4s",
            "By the network, how long an answer may take until the broker counts as lost.");

    private static final OptionDescriptor HOLD_LIMIT = OptionDescriptor.duration(
            NAME + ".hold-limit",
            "30m",
            "How long a member may hold a message until its session is ended; looked at ten times a second.");

    private static final OptionDescriptor TRUSTED = TlsTrust.option(NAME + ".trusted-certificates");

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
        return List.of(NOTE, ANSWER_TIMEOUT, HOLD_LIMIT, TRUSTED);
    }

    @Override
    public Transport create(TransportConfig config) {
        URI url = config.url();
        boolean networked = url.getHost() != null;
        String[] parts = (networked ? url.getPath() : url.getSchemeSpecificPart())
                .replaceFirst("^/", "")
                .split("\\.", 3);
        TransportMutant mutant = Arrays.stream(TransportMutant.values())
                .filter(one -> parts.length > 1 && one.name().equals(parts[0]))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected " + NAME + ":MUTANT.name"));
        refuse(mutant, config.text(NOTE));
        Login login = parts.length > 2 ? Login.valueOf(parts[2]) : Login.GOOD;
        BreakableTransport transport =
                new BreakableTransport(BreakableBroker.shared(parts[1], mutant), login, config.duration(HOLD_LIMIT));
        return networked ? networked(transport, mutant, config) : transport;
    }

    private static Transport networked(BreakableTransport transport, TransportMutant mutant, TransportConfig config) {
        Connection.SocketUpgrade upgrade = config.text(TRUSTED).isEmpty()
                ? (connected, address) -> connected
                : new Tls(TlsTrust.context(config, TRUSTED), mutant != TransportMutant.TRUSTS_ANY_HOST);
        return new NetworkedTransport(
                transport,
                InetSocketAddress.createUnresolved(
                        config.url().getHost(), config.url().getPort()),
                upgrade,
                config.openTimeout(),
                config.duration(ANSWER_TIMEOUT));
    }

    private static void refuse(TransportMutant mutant, String note) {
        if (mutant == TransportMutant.SHOWS_OPTIONS && !note.isEmpty()) {
            throw new IllegalArgumentException("what is " + note + "?");
        }
    }

    static String url(TransportMutant mutant, String name) {
        return NAME + ":" + mutant + "." + name;
    }

    static String url(TransportMutant mutant, String name, String host, int port) {
        return NAME + "://" + host + ":" + port + "/" + mutant + "." + name;
    }

    /** Has a transport speak TLS. */
    static Map<String, String> trusting(Path trusted) {
        return Map.of(TRUSTED.name(), trusted.toString());
    }

    /** Lets members hold nothing for long. */
    static Map<String, String> hasty() {
        return Map.of(HOLD_LIMIT.name(), "5s");
    }

    /** Has a transport notice soon that there is no answer. */
    static Map<String, String> attentive() {
        return Map.of(ANSWER_TIMEOUT.name(), "1s");
    }
}
