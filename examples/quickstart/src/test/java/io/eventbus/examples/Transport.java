package io.eventbus.examples;

import io.eventbus.brokers.RabbitMqBroker;
import io.eventbus.brokers.RedisBroker;
import java.util.List;

/** A transport: what a program needs on its class path for it, besides the API. */
enum Transport {
    INMEMORY("eventbus-inmemory") {
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
    };

    private final List<String> artifacts;

    Transport(String... artifacts) {
        this.artifacts = List.of(artifacts);
    }

    /** {@return the URL of a broker; empty when the transport on the class path has a broker of its own} */
    abstract String url();

    /** Whether an entry of a class path is its own. */
    boolean owns(String entry) {
        return artifacts.stream().anyMatch(entry::contains);
    }
}
