package io.eventbus.examples;

import io.eventbus.brokers.KafkaBroker;
import io.eventbus.brokers.RabbitMqBroker;
import io.eventbus.brokers.RedisBroker;

/** A transport: what a program needs on its class path for it, besides the API: its artifact, and the broker's client. */
enum Transport {
    INMEMORY("eventbus-inmemory", "eventbus-inmemory") {
        @Override
        String url() {
            return "";
        }
    },
    RABBITMQ("eventbus-rabbitmq", "amqp-client") {
        @Override
        String url() {
            return RabbitMqBroker.shared().url().toString();
        }
    },
    REDIS("eventbus-redis", "jedis") {
        @Override
        String url() {
            return RedisBroker.shared().url().toString();
        }
    },
    KAFKA("eventbus-kafka", "kafka-clients") {
        @Override
        String url() {
            return KafkaBroker.shared().url().toString();
        }
    };

    private final String artifact;
    private final String client;

    Transport(String artifact, String client) {
        this.artifact = artifact;
        this.client = client;
    }

    /** {@return the URL of a broker; empty when the transport on the class path has a broker of its own} */
    abstract String url();

    /** Whether an entry of a class path is its own. */
    boolean owns(String entry) {
        return entry.contains(artifact) || entry.contains(client);
    }
}
