package io.eventbus.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.eventbus.brokers.Control;
import io.eventbus.brokers.RabbitMqBroker;
import io.eventbus.brokers.Vhost;
import io.eventbus.spi.Group;
import io.eventbus.tck.Blockade;
import io.eventbus.tck.BrokerControl;
import io.eventbus.tck.Environment;
import io.eventbus.tck.Removal;
import io.eventbus.tck.SecureAccess;
import io.eventbus.tck.TransportHarness;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gives the kit a vhost of its own on the RabbitMQ that the tests share, or the broker at a given URL as it is. */
public final class RabbitHarness implements TransportHarness {

    private static final Map<String, String> HEARTBEAT = Map.of("rabbitmq.heartbeat", "1s");

    /** Less than the broker's own, which closes a channel no sooner than it has looked at it, once a minute. */
    private static final Map<String, String> TIMEOUT = Map.of("rabbitmq.consumer-timeout", "5s");

    /** Two and a half heartbeats. */
    private static final Duration DETECTION = Duration.ofMillis(2500);

    /** The broker sees the end of the connection at once. */
    private static final Duration TAKEOVER = Duration.ofSeconds(1);

    @Override
    public String transport() {
        return "rabbitmq";
    }

    @Override
    public Set<String> clientPackages() {
        return Set.of("com.rabbitmq");
    }

    @Override
    public Environment start() {
        RabbitMqBroker broker = RabbitMqBroker.shared();
        return new RabbitEnvironment(broker, false, broker.can(Control.ADMINISTER) ? broker.newVhost() : null);
    }

    @Override
    public Optional<Environment> startAlone() {
        return Optional.of(new RabbitEnvironment(RabbitMqBroker.launch(), true, null));
    }

    private record RabbitRemoval(URI url) implements Removal {

        @Override
        public Set<Part> healed() {
            return EnumSet.allOf(Part.class);
        }

        @Override
        public void group(Group group) {
            remove(channel -> channel.queueDelete(RabbitNames.queue(group)));
        }

        @Override
        public void topic(String topic) {
            remove(channel -> channel.exchangeDelete(RabbitNames.exchange(topic)));
        }

        @Override
        public void deadLetters(Group group) {
            remove(channel -> channel.queueDelete(RabbitNames.deadLetterQueue(group)));
        }

        private void remove(Removing removing) {
            try {
                ConnectionFactory factory = new ConnectionFactory();
                factory.setUri(url);
                try (Connection connection = factory.newConnection();
                        Channel channel = connection.createChannel()) {
                    removing.on(channel);
                }
            } catch (IOException | TimeoutException | GeneralSecurityException e) {
                throw new IllegalStateException("the broker removes nothing", e);
            }
        }

        /** What is done on a channel of its own. */
        private interface Removing {
            void on(Channel channel) throws IOException;
        }
    }

    /**
     * @param alone whether one test has the broker for itself, and may kill it
     * @param vhost made for the kit, none where it has the whole broker
     */
    private record RabbitEnvironment(
            RabbitMqBroker broker, boolean alone, @Nullable Vhost vhost) implements Environment {

        @Override
        public String url() {
            return (vhost == null ? broker.url() : vhost.url()).toString();
        }

        @Override
        public Optional<SecureAccess> secured(String host, int port, Path trusted) {
            String secured = url(host, port).replaceFirst("^amqp:", BrokerUrl.TLS_SCHEME + ":");
            return Optional.of(
                    new SecureAccess(secured, Map.of(RabbitTransportProvider.TRUSTED.name(), trusted.toString())));
        }

        @Override
        public Map<String, String> attentiveOptions() {
            return HEARTBEAT;
        }

        @Override
        public Map<String, String> hastyOptions() {
            return TIMEOUT;
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
        public Optional<InetSocketAddress> address() {
            return Optional.of(InetSocketAddress.createUnresolved(broker.host(), broker.port()));
        }

        @Override
        public Optional<Set<String>> residents() {
            return vhost == null ? Optional.empty() : Optional.of(list(vhost));
        }

        @Override
        public Optional<BrokerControl> control() {
            return alone
                    ? Optional.of(BrokerControl.of(
                            broker::kill, broker::start, BrokerControl.Pause.of(broker::freeze, broker::thaw)))
                    : Optional.empty();
        }

        /** The alarm that RabbitMQ raises by itself when it has used so much of the machine's memory. */
        @Override
        public Optional<Blockade> blockade() {
            return alone ? Optional.of(Blockade.of(() -> alarmAt("0"), () -> alarmAt("0.8"))) : Optional.empty();
        }

        private void alarmAt(String share) {
            broker.ctl("set_vm_memory_high_watermark", share);
        }

        /** RabbitMQ forgets her when the broker ends. */
        @Override
        public Optional<String> loginWithoutRights() {
            return broker.can(Control.ADMINISTER) ? Optional.of(stranger()) : Optional.empty();
        }

        private String stranger() {
            String name = "stranger-" + UUID.randomUUID();
            String password = UUID.randomUUID().toString();
            broker.ctl("add_user", name, password);
            broker.ctl("set_permissions", "-p", vhost == null ? "/" : vhost.name(), name, "^$", "^$", "^$");
            return url().replace(URI.create(url()).getRawUserInfo() + "@", name + ":" + password + "@");
        }

        @Override
        public Optional<Removal> removal() {
            return Optional.of(new RabbitRemoval(URI.create(url())));
        }

        /** The vhost goes with the broker that tests share, at the end of the JVM: to delete hundreds of queues takes it long. */
        @Override
        public void close() {
            if (alone) {
                broker.close();
            }
        }

        private Set<String> list(Vhost at) {
            return Stream.of("list_queues", "list_exchanges")
                    .map(command -> broker.ctl(command, "-q", "-p", at.name(), "--no-table-headers", "name"))
                    .flatMap(String::lines)
                    .filter(name -> !name.isEmpty() && !name.startsWith("amq."))
                    .collect(Collectors.toSet());
        }
    }
}
