package io.eventbus.brokers;

import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/** RabbitMQ in a container. */
final class DockerRabbitMq extends DockerServer implements RabbitMqServer {
    private static final String IMAGE = "rabbitmq:3.13-alpine";
    private static final int AMQP = 5672;

    private DockerRabbitMq(GenericContainer<?> container, URI url) {
        super(container, url, () -> AmqpProbe.handshake(url));
    }

    static DockerRabbitMq launch() {
        return launch(IMAGE, RabbitMqBroker.URL_VARIABLE, 1, ports -> at(ports.get(0)));
    }

    private static DockerRabbitMq at(int port) {
        String password = UUID.randomUUID().toString();
        GenericContainer<?> container = container(IMAGE, List.of(binding(port, AMQP)))
                .withEnv("RABBITMQ_DEFAULT_USER", RabbitMqNode.USER)
                .withEnv("RABBITMQ_DEFAULT_PASS", password)
                .waitingFor(Wait.forLogMessage(".*Server startup complete.*", 1));
        return new DockerRabbitMq(
                container, URI.create("amqp://" + RabbitMqNode.USER + ":" + password + "@" + host() + ":" + port));
    }

    @Override
    public String ctl(String... arguments) {
        return execute(List.of("rabbitmqctl", "-q"), arguments);
    }

    @Override
    public void evaluate(String expression) {
        ctl("eval", expression + ".");
    }
}
