package io.eventbus.kafka;

import io.eventbus.brokers.KafkaBroker;
import io.eventbus.brokers.KafkaSettings;
import io.eventbus.tck.net.ProxyPlaces;
import io.eventbus.tck.net.ProxyPlaces.Place;
import io.eventbus.tck.net.TcpProxy;
import java.net.URI;

/** A Kafka that asks its clients for a password, and sends those that come through a proxy back through that proxy. */
final class TestBroker implements AutoCloseable {

    static final String LOGIN = "eventbus:open-sesame";

    /** Of a user who has no right to anything. */
    static final String STRANGER = "another:closed-sesame";

    private static final String USERS = "org.apache.kafka.common.security.plain.PlainLoginModule required"
            + " user_eventbus=\"open-sesame\" user_another=\"closed-sesame\";";

    /** Its users are those that the admin client has added. */
    private static final String SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule required;";

    /** Proxies for the buses of one test. */
    private static final int PROXIES_OF_ONE_TEST = 16;

    private final KafkaBroker broker;
    private final ProxyPlaces proxies;

    /** The broker that all tests of this JVM share, started when the first one needs it. */
    private static final class Shared {
        private static final TestBroker BROKER = new TestBroker(KafkaSettings.plain()
                .proxied(KafkaSettings.MAX_PROXIED_LISTENERS)
                .lasting());
    }

    private TestBroker(KafkaSettings settings) {
        this.broker = KafkaBroker.launch(settings.secured("SASL_PLAINTEXT")
                .with("sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-512")
                .with("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
                .with("super.users", "User:eventbus;User:ANONYMOUS")
                .with("listener.name.client.plain.sasl.jaas.config", USERS)
                .with("listener.name.client.scram-sha-512.sasl.jaas.config", SCRAM));
        this.proxies = new ProxyPlaces(
                broker.host(),
                broker.listeners().stream()
                        .map(listener -> new Place(listener.advertisedPort(), listener.port()))
                        .toList());
    }

    /** One for a single test, which closes it. */
    static TestBroker alone() {
        return new TestBroker(KafkaSettings.plain().proxied(PROXIES_OF_ONE_TEST));
    }

    /** One for a single test class, with a property of its own and no proxies. */
    static TestBroker with(String property, String value) {
        return new TestBroker(KafkaSettings.plain().with(property, value));
    }

    /** The shared one, which ends with the JVM. */
    static TestBroker shared() {
        return Shared.BROKER;
    }

    @Override
    public void close() {
        broker.close();
    }

    KafkaBroker broker() {
        return broker;
    }

    URI url() {
        return url(LOGIN, broker.port());
    }

    URI url(String login, int port) {
        return URI.create("kafka://" + login + "@" + broker.host() + ":" + port);
    }

    /** A proxy that clients stay behind, at a place that no open one has. */
    TcpProxy proxy() {
        return proxies.open();
    }
}
