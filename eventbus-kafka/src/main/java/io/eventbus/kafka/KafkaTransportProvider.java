package io.eventbus.kafka;

import com.google.auto.service.AutoService;
import io.eventbus.spi.OptionDescriptor;
import io.eventbus.spi.Transport;
import io.eventbus.spi.TransportConfig;
import io.eventbus.spi.TransportProvider;
import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * The way to Apache Kafka. Stateless and thread-safe.
 *
 * <p>The URL is {@code kafka://host:port,host:port/}; a port that is missing is 9092. User and password in front of the
 * hosts, as in {@code kafka://user:password@host}, log in by SASL: PLAIN over an open connection unless {@code
 * kafka.sasl.mechanism} and {@code kafka.security.protocol} say otherwise. Every setting of Kafka's clients can be given:
 * those for security under {@code kafka.security.}, {@code kafka.ssl.} and {@code kafka.sasl.}, the others under {@code
 * kafka.producer.}, {@code kafka.consumer.} and {@code kafka.admin.}; those that would undo what the bus promises are
 * refused.
 *
 * <p>{@link Transport#unwrap} yields {@code org.apache.kafka.clients.admin.Admin}: the transport's own, which it closes.
 */
@AutoService(TransportProvider.class)
public final class KafkaTransportProvider implements TransportProvider {

    /** What the names of all options begin with. */
    static final String OPTIONS = "kafka.";

    static final String CLASSIC = "classic";

    static final OptionDescriptor PARTITIONS = OptionDescriptor.integer(
            "kafka.partitions",
            6,
            "how many partitions a topic gets that does not exist yet: as many members of a group can share its events");
    static final OptionDescriptor REPLICATION_FACTOR = OptionDescriptor.text(
            "kafka.replication-factor",
            "broker",
            "how many copies of its events a topic keeps that does not exist yet; broker means the broker's own default");
    static final OptionDescriptor SESSION_TIMEOUT = OptionDescriptor.duration(
            "kafka.session-timeout",
            "15s",
            "how long a member, or the broker, may be silent until the other side takes it for dead; for members with the"
                    + " group protocol consumer, the broker has a time of its own");
    static final OptionDescriptor REVOCATION_TIMEOUT = OptionDescriptor.duration(
            "kafka.revocation-timeout",
            "60s",
            "how long a member that has to hand over a partition waits for its running handlers");
    static final OptionDescriptor GROUP_PROTOCOL = OptionDescriptor.choice(
            "kafka.group-protocol",
            List.of(CLASSIC, "consumer"),
            "how the members of a group share the partitions; consumer needs Kafka 4");
    static final OptionDescriptor MAX_PAYLOAD = OptionDescriptor.integer(
            "kafka.max-payload",
            1024 * 1024,
            "the largest payload in bytes; topics that do not exist yet are made for it, others have to allow it");

    static final OptionDescriptor SECURITY =
            OptionDescriptor.prefix("kafka.security.", "settings of all clients, such as kafka.security.protocol");
    static final OptionDescriptor SSL =
            OptionDescriptor.prefix("kafka.ssl.", "settings of all clients, such as kafka.ssl.truststore.location");
    static final OptionDescriptor SASL =
            OptionDescriptor.prefix("kafka.sasl.", "settings of all clients, such as kafka.sasl.mechanism");
    static final OptionDescriptor PRODUCER =
            OptionDescriptor.prefix("kafka.producer.", "settings of the producer, such as kafka.producer.linger.ms");
    static final OptionDescriptor CONSUMER = OptionDescriptor.prefix(
            "kafka.consumer.", "settings of the consumer, such as kafka.consumer.max.poll.interval.ms");
    static final OptionDescriptor ADMIN =
            OptionDescriptor.prefix("kafka.admin.", "settings of the admin client, such as kafka.admin.client.rack");

    /** Makes a provider. It does nothing until it is asked. */
    public KafkaTransportProvider() {}

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public Set<String> schemes() {
        return Set.of("kafka");
    }

    @Override
    public URI defaultUrl() {
        return URI.create("kafka://localhost:9092");
    }

    @Override
    public List<OptionDescriptor> options() {
        return List.of(
                PARTITIONS,
                REPLICATION_FACTOR,
                SESSION_TIMEOUT,
                REVOCATION_TIMEOUT,
                GROUP_PROTOCOL,
                MAX_PAYLOAD,
                SECURITY,
                SSL,
                SASL,
                PRODUCER,
                CONSUMER,
                ADMIN);
    }

    @Override
    public Set<String> namesBelow(OptionDescriptor prefix) {
        return ClientKind.namesBelow(prefix);
    }

    @Override
    public Transport create(TransportConfig config) {
        return new KafkaTransport(config);
    }
}
