package io.eventbus.benchmarks;

import io.eventbus.brokers.KafkaBroker;
import io.eventbus.brokers.RabbitMqBroker;
import io.eventbus.brokers.RedisBroker;
import java.io.IOException;
import java.util.Locale;

/** What can be measured: each transport, with a broker started for it. */
enum Subject {
    MEMORY,
    RABBITMQ,
    REDIS,
    KAFKA;

    /** Starts the broker. */
    Setup start() throws IOException {
        return switch (this) {
            case MEMORY -> Setup.inMemory();
            case RABBITMQ -> Setup.of(RabbitMqBroker.launch(), RabbitMqClient::new);
            case REDIS -> Setup.of(RedisBroker.launch("--appendfsync", "everysec"), RedisClient::new);
            case KAFKA -> Setup.of(KafkaBroker.launch(), KafkaClient::new);
        };
    }

    /** As on the command line and in the report. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
