package io.eventbus.cli;

import io.eventbus.tck.BrokerControl;
import io.eventbus.tck.Environment;
import io.eventbus.tck.TransportHarness;
import io.eventbus.tck.net.ProxyPlaces;
import io.eventbus.tck.net.TcpProxy;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * Gives the conformance kit a broker that was started for it, and may be killed.
 *
 * @param product the product
 * @param broker the broker, closed by who started it
 */
record ChaosHarness(BrokerProduct product, ThrowAwayBroker broker) implements TransportHarness {

    /** As many places for proxies as members and publishers need, and then some. */
    static final int LISTENERS = 48;

    @Override
    public String transport() {
        return product.toString();
    }

    @Override
    public Environment start() {
        return new BrokerEnvironment(
                product, broker, new ProxyPlaces(URI.create(broker.url()).getHost(), broker.listeners()));
    }

    private record BrokerEnvironment(BrokerProduct product, ThrowAwayBroker broker, ProxyPlaces places)
            implements Environment {

        /** What is lost is found out in seconds, so that a scenario has many faults in a minute. */
        private static final Map<BrokerProduct, Map<String, String>> IMPATIENT = Map.of(
                BrokerProduct.RABBITMQ, Map.of(),
                BrokerProduct.REDIS, Map.of("redis.lease", "3s"),
                BrokerProduct.KAFKA, Map.of("kafka.session-timeout", "5s", "kafka.revocation-timeout", "2s"));

        @Override
        public String url() {
            return broker.url();
        }

        @Override
        public Optional<InetSocketAddress> address() {
            URI url = URI.create(broker.url());
            return Optional.of(InetSocketAddress.createUnresolved(url.getHost(), url.getPort()));
        }

        @Override
        public Map<String, String> options() {
            return IMPATIENT.getOrDefault(product, Map.of());
        }

        @Override
        public TcpProxy proxy() {
            return broker.listeners().isEmpty() ? Environment.super.proxy() : places.open();
        }

        @Override
        public Optional<BrokerControl> control() {
            return Optional.of(BrokerControl.of(
                    () -> broker.control("kill"),
                    () -> broker.control("start"),
                    BrokerControl.Pause.of(() -> broker.control("freeze"), () -> broker.control("thaw"))));
        }

        @Override
        public void close() {
            // whoever started the broker ends it
        }
    }
}
