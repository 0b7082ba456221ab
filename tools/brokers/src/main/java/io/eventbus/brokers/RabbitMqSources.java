package io.eventbus.brokers;

import java.util.Optional;

/**
 * Where a RabbitMQ can come from.
 *
 * @param machine the variables and Docker
 * @param installation what is installed
 */
record RabbitMqSources(Machine machine, Optional<RabbitMqInstallation> installation) {

    static RabbitMqSources ofThisMachine() {
        return new RabbitMqSources(Machine.here(), RabbitMqInstallation.find(System.getenv()));
    }

    /** The first that there is. */
    RabbitMqBroker find() {
        return machine.<RabbitMqBroker>broker(
                RabbitMqBroker.URL_VARIABLE,
                GivenRabbitMq::at,
                () -> new StartedRabbitMq(DockerRabbitMq.launch()),
                () -> new StartedRabbitMq(LocalRabbitMq.launch(installed())));
    }

    /** One that is started here, whatever is given. */
    RabbitMqBroker start() {
        return new RabbitMqSources(machine.givenNothing(), installation).find();
    }

    private RabbitMqInstallation installed() {
        return installation.orElseThrow(() -> Machine.nothing(
                "RabbitMQ", RabbitMqBroker.URL_VARIABLE + "=amqp://user:password@host:5672", "rabbitmq-server"));
    }
}
