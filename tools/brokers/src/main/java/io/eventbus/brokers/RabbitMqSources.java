package io.eventbus.brokers;

import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.testcontainers.DockerClientFactory;

/**
 * Where a RabbitMQ can come from.
 *
 * @param environment the environment variables
 * @param docker whether a Docker engine answers
 * @param installation what is installed on this machine
 */
record RabbitMqSources(
        Map<String, String> environment, BooleanSupplier docker, Optional<RabbitMqInstallation> installation) {

    static RabbitMqSources ofThisMachine() {
        return new RabbitMqSources(
                System.getenv(), RabbitMqSources::dockerEngineAnswers, RabbitMqInstallation.find(System.getenv()));
    }

    /** Asks the engine itself: a docker command on the PATH says nothing. */
    private static boolean dockerEngineAnswers() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    RabbitMqBroker launch() {
        String given = environment.getOrDefault(RabbitMqBroker.URL_VARIABLE, "");
        if (!given.isBlank()) {
            return GivenRabbitMq.at(given.strip());
        }
        if (docker.getAsBoolean()) {
            return new StartedRabbitMq(DockerRabbitMq.launch());
        }
        return installation
                .map(found -> new StartedRabbitMq(LocalRabbitMq.launch(found)))
                .orElseThrow(RabbitMqSources::nothing);
    }

    private static BrokerException nothing() {
        return new BrokerException("No RabbitMQ to be had: " + RabbitMqBroker.URL_VARIABLE
                + " is not set, no Docker engine answers, and rabbitmq-server is not installed. Do one of: set "
                + RabbitMqBroker.URL_VARIABLE + "=amqp://user:password@host:5672; start Docker;"
                + " or install it (Debian, Ubuntu: apt-get install rabbitmq-server)");
    }
}
