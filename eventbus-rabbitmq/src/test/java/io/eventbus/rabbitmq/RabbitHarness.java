package io.eventbus.rabbitmq;

import io.eventbus.brokers.Control;
import io.eventbus.brokers.RabbitMqBroker;
import io.eventbus.brokers.Vhost;
import io.eventbus.tck.BrokerControl;
import io.eventbus.tck.Environment;
import io.eventbus.tck.TransportHarness;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gives the kit a vhost of its own on the RabbitMQ that the tests share, or the broker at a given URL as it is. */
public final class RabbitHarness implements TransportHarness {

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
        return new RabbitEnvironment(broker, broker.can(Control.ADMINISTER) ? broker.newVhost() : null);
    }

    @Override
    public Optional<Environment> startAlone() {
        return Optional.of(new LoneEnvironment(RabbitMqBroker.launch()));
    }

    /** A RabbitMQ for one test, which may kill it. */
    private record LoneEnvironment(RabbitMqBroker broker) implements Environment {

        @Override
        public String url() {
            return broker.url().toString();
        }

        @Override
        public Optional<InetSocketAddress> address() {
            return Optional.of(InetSocketAddress.createUnresolved(broker.host(), broker.port()));
        }

        @Override
        public Optional<BrokerControl> control() {
            return Optional.of(BrokerControl.of(broker::kill, broker::start));
        }

        @Override
        public void close() {
            broker.close();
        }
    }

    private record RabbitEnvironment(
            RabbitMqBroker broker, @Nullable Vhost vhost) implements Environment {

        @Override
        public String url() {
            return (vhost == null ? broker.url() : vhost.url()).toString();
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
        public void close() {
            if (vhost != null) {
                vhost.close();
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
