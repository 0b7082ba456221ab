package io.eventbus.brokers;

import java.util.List;
import java.util.Set;

/** What can be started as a local process. */
enum LocalProduct {
    RABBITMQ {
        @Override
        boolean isInstalled() {
            return RabbitMqInstallation.find(System.getenv()).isPresent();
        }

        @Override
        Set<String> commands() {
            return Set.of("epmd", "beam.smp");
        }

        @Override
        Server launch() {
            return LocalRabbitMq.launch(
                    RabbitMqInstallation.find(System.getenv()).orElseThrow());
        }
    },

    REDIS {
        @Override
        boolean isInstalled() {
            return RedisSources.ofThisMachine().installation().isPresent();
        }

        @Override
        Set<String> commands() {
            return Set.of("redis-check-rdb");
        }

        @Override
        Server launch() {
            return LocalRedis.launch(
                    RedisSources.ofThisMachine().installation().orElseThrow(), new RedisSettings(false, List.of()));
        }
    },

    KAFKA {
        @Override
        boolean isInstalled() {
            return true;
        }

        @Override
        Set<String> commands() {
            return Set.of("java");
        }

        @Override
        Server launch() {
            return LocalKafka.launch(KafkaSettings.plain(), PortBlock.reserve());
        }
    };

    abstract boolean isInstalled();

    /** {@return the names of the programs that run then, besides shells} */
    abstract Set<String> commands();

    abstract Server launch();
}
