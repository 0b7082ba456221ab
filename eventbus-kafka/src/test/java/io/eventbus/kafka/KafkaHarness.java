package io.eventbus.kafka;

import io.eventbus.brokers.KafkaBroker;
import io.eventbus.spi.Transport;
import io.eventbus.spi.TransportConfig;
import io.eventbus.tck.Blockade;
import io.eventbus.tck.BrokerControl;
import io.eventbus.tck.Environment;
import io.eventbus.tck.Removal;
import io.eventbus.tck.SecureAccess;
import io.eventbus.tck.TransportHarness;
import io.eventbus.tck.net.TcpProxy;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;

/** Gives the kit a Kafka of its own, which sends each client that comes through a proxy back through that proxy. */
public final class KafkaHarness implements TransportHarness {

    private static final Duration SESSION = Duration.ofSeconds(5);

    /** A member asks three times in a session, and at least each second, whether the group has changed. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    /**
     * Members that have crashed, and brokers that are gone, are found out while the kit waits. A topic has a partition for each
     * member of the largest group whose every member must get events. No client shows its metrics to JMX: each of some thousand
     * would register hundreds.
     */
    static final Map<String, String> IMPATIENT = Map.of(
            "kafka.session-timeout", SESSION.toSeconds() + "s",
            "kafka.revocation-timeout", "2s",
            "kafka.partitions", "3",
            "kafka.producer.metric.reporters", "",
            "kafka.consumer.metric.reporters", "",
            "kafka.admin.metric.reporters", "");

    private static final Map<String, String> SMALL_BUFFER = smallBuffer();

    private static final Map<String, String> ATTENTIVE = Map.of("kafka.session-timeout", "3s");

    /** A third of the session time-out until the broker is asked, all of it until there is no answer, and a poll. */
    private static final Duration DETECTION = Duration.ofSeconds(5);

    /** The session time-out, and the rebalance after it, which waits for the heartbeats of the others. */
    private static final Duration TAKEOVER = Duration.ofSeconds(9);

    /** Soon full. */
    private static Map<String, String> smallBuffer() {
        Map<String, String> options = new HashMap<>(IMPATIENT);
        options.put("kafka.producer.buffer.memory", "131072");
        return options;
    }

    @Override
    public String transport() {
        return "kafka";
    }

    @Override
    public Set<String> clientPackages() {
        return Set.of("org.apache.kafka");
    }

    @Override
    public Environment start() {
        return new KafkaEnvironment(TestBroker.shared(), false);
    }

    @Override
    public Optional<Environment> startAlone() {
        return Optional.of(new KafkaEnvironment(TestBroker.alone(), true));
    }

    /** @param alone whether one test has the broker for itself, and may kill it */
    private record KafkaEnvironment(TestBroker broker, boolean alone) implements Environment {

        @Override
        public String url() {
            return broker.url().toString();
        }

        @Override
        public Optional<InetSocketAddress> address() {
            return Optional.of(InetSocketAddress.createUnresolved(
                    broker.broker().host(), broker.broker().port()));
        }

        @Override
        public TcpProxy proxy() {
            return broker.proxy();
        }

        @Override
        public Optional<SecureAccess> secured(String host, int port, Path trusted) {
            Map<String, String> options = Map.of(
                    "kafka.security.protocol", "SASL_SSL",
                    "kafka.ssl.truststore.type", "PEM",
                    "kafka.ssl.truststore.location", trusted.toString());
            return Optional.of(new SecureAccess(url(host, port), options));
        }

        @Override
        public Map<String, String> options() {
            return alone ? SMALL_BUFFER : IMPATIENT;
        }

        @Override
        public Duration lease() {
            return SESSION;
        }

        @Override
        public Duration handOver() {
            return Environment.super.handOver().plus(HEARTBEAT);
        }

        @Override
        public Map<String, String> attentiveOptions() {
            return ATTENTIVE;
        }

        @Override
        public Duration detectionTime() {
            return DETECTION;
        }

        @Override
        public Duration takeoverTime() {
            return TAKEOVER;
        }

        @Override
        public Optional<Set<String>> residents() {
            TransportConfig config = new TransportConfig(broker.url(), Map.of(), Duration.ofSeconds(10), "harness");
            try (Transport transport = new KafkaTransport(config)) {
                return Optional.of(list(transport.unwrap(Admin.class).orElseThrow()));
            }
        }

        @Override
        public Optional<BrokerControl> control() {
            return alone ? Optional.of(control(broker.broker())) : Optional.empty();
        }

        private static BrokerControl control(KafkaBroker broker) {
            return BrokerControl.of(broker::kill, broker::start, BrokerControl.Pause.of(broker::freeze, broker::thaw));
        }

        /** A client's buffer is full while a broker that is frozen takes nothing. */
        @Override
        public Optional<Blockade> blockade() {
            KafkaBroker kafka = broker.broker();
            return alone ? Optional.of(Blockade.of(kafka::freeze, kafka::thaw)) : Optional.empty();
        }

        @Override
        public Optional<String> loginWithoutRights() {
            return Optional.of(
                    broker.url(TestBroker.STRANGER, broker.broker().port()).toString());
        }

        @Override
        public Optional<Removal> removal() {
            return Optional.of(new KafkaRemoval(broker.url()));
        }

        @Override
        public void close() {
            if (alone) {
                broker.close();
            }
        }

        private static Set<String> list(Admin admin) {
            try {
                Set<String> topics = admin.listTopics().names().get();
                return Stream.concat(
                                topics.stream(),
                                admin.listGroups().all().get().stream().map(GroupListing::groupId))
                        .collect(Collectors.toSet());
            } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException("the broker does not say what it has", e);
            }
        }
    }
}
