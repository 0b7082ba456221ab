package io.eventbus.rabbitmq;

import com.google.auto.service.AutoService;
import io.eventbus.spi.OptionDescriptor;
import io.eventbus.spi.TlsTrust;
import io.eventbus.spi.Transport;
import io.eventbus.spi.TransportConfig;
import io.eventbus.spi.TransportProvider;
import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * The way to RabbitMQ. Stateless and thread-safe.
 *
 * <p>The URL is {@code amqp://user:password@host:port/vhost} or the same with {@code amqps}. User and password are
 * {@code guest} if both are missing, the port is 5672 or, with {@code amqps}, 5671. No path and the path {@code /} both
 * mean the vhost {@code /}; signs with a meaning in URLs are percent-encoded. {@code amqps} checks the broker's
 * certificate, against the JVM's trust store or a file of {@code rabbitmq.trusted-certificates}, and the host name.
 *
 * <p>{@link Transport#unwrap} yields {@code com.rabbitmq.client.ConnectionFactory}: a copy, set up as this transport
 * connects, with the password in it.
 */
@AutoService(TransportProvider.class)
public final class RabbitTransportProvider implements TransportProvider {

    static final String QUORUM = "quorum";
    static final String CLASSIC = "classic";

    static final OptionDescriptor QUEUE_TYPE = OptionDescriptor.choice(
            "rabbitmq.queue-type",
            List.of(QUORUM, CLASSIC),
            "the type of the queues of groups and of their dead letters; a queue that exists cannot change it");
    static final OptionDescriptor HEARTBEAT = OptionDescriptor.duration(
            "rabbitmq.heartbeat",
            "30s",
            "how often a silent connection is probed, in whole seconds; it counts as dead after two and a half times that");
    static final OptionDescriptor MAX_PAYLOAD = OptionDescriptor.integer(
            "rabbitmq.max-payload",
            16 * 1024 * 1024,
            "the largest payload in bytes; not above the broker's own max_message_size");

    static final OptionDescriptor CONSUMER_TIMEOUT = OptionDescriptor.duration(
            "rabbitmq.consumer-timeout",
            "30m",
            "how long the broker lets a member hold a message, its own consumer_timeout; not above that, at least 1s");

    static final OptionDescriptor TRUSTED = TlsTrust.option("rabbitmq.trusted-certificates");

    /** Makes a provider. It does nothing until it is asked. */
    public RabbitTransportProvider() {}

    @Override
    public String name() {
        return "rabbitmq";
    }

    @Override
    public Set<String> schemes() {
        return Set.of("amqp", BrokerUrl.TLS_SCHEME);
    }

    @Override
    public URI defaultUrl() {
        return URI.create("amqp://guest:guest@localhost:5672");
    }

    @Override
    public List<OptionDescriptor> options() {
        return List.of(QUEUE_TYPE, HEARTBEAT, MAX_PAYLOAD, CONSUMER_TIMEOUT, TRUSTED);
    }

    @Override
    public Transport create(TransportConfig config) {
        return new RabbitTransport(config);
    }
}
