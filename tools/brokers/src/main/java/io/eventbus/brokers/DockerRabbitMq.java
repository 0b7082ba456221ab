package io.eventbus.brokers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/** RabbitMQ in a container. Testcontainers removes it when this JVM ends, also when the JVM is killed. */
final class DockerRabbitMq implements RabbitMqServer {
    private static final Logger LOG = LoggerFactory.getLogger(DockerRabbitMq.class);
    private static final String IMAGE = "rabbitmq:3.13-alpine";
    private static final int AMQP = 5672;
    private static final int ATTEMPTS = 5;

    private final GenericContainer<?> container;
    private final URI url;

    private DockerRabbitMq(GenericContainer<?> container, URI url) {
        this.container = container;
        this.url = url;
    }

    static DockerRabbitMq launch() {
        for (int attempt = 1; true; attempt++) {
            int port = Ports.free(1).get(0);
            try {
                return launch(port);
            } catch (ContainerFetchException | ContainerLaunchException e) {
                if (attempt == ATTEMPTS || Ports.areFree(List.of(port))) {
                    throw new BrokerException(
                            "Docker answers but does not run " + IMAGE + ": " + e.getMessage()
                                    + ". Pull the image, or stop Docker and install rabbitmq-server, or set "
                                    + RabbitMqBroker.URL_VARIABLE,
                            e);
                }
                LOG.debug("another program took the port of RabbitMQ; trying another", e);
            }
        }
    }

    private static DockerRabbitMq launch(int port) {
        String engine = DockerClientFactory.instance().dockerHostIpAddress();
        String host = engine.equals("localhost") ? "127.0.0.1" : engine;
        String password = UUID.randomUUID().toString();
        GenericContainer<?> container = container(host, port, password);
        container.start();
        URI url = URI.create("amqp://" + RabbitMqNode.USER + ":" + password + "@" + host + ":" + port);
        DockerRabbitMq server = new DockerRabbitMq(container, url);
        try {
            server.awaitUsable();
            return server;
        } catch (RuntimeException e) {
            server.remove();
            throw e;
        }
    }

    /** The port is ours to choose, because Docker itself would choose another at each restart. */
    private static GenericContainer<?> container(String host, int port, String password) {
        GenericContainer<?> container = new GenericContainer<>(IMAGE)
                .withEnv("RABBITMQ_DEFAULT_USER", RabbitMqNode.USER)
                .withEnv("RABBITMQ_DEFAULT_PASS", password)
                .waitingFor(Wait.forLogMessage(".*Server startup complete.*", 1));
        // An engine elsewhere, or around the container that this JVM runs in, is not reached by its own 127.0.0.1.
        String address = host.equals("127.0.0.1") ? host + ":" : "";
        container.setPortBindings(List.of(address + port + ":" + AMQP));
        return container;
    }

    private void awaitUsable() {
        Startup.await("rabbitmq", container::isRunning, container::getLogs, () -> AmqpProbe.handshake(url));
    }

    @Override
    public URI url() {
        return url;
    }

    @Override
    public void kill() {
        docker().killContainerCmd(id()).withSignal("KILL").exec();
        docker().waitContainerCmd(id()).exec(new WaitContainerResultCallback()).awaitStatusCode();
    }

    @Override
    public void start() {
        docker().startContainerCmd(id()).exec();
        awaitUsable();
    }

    @Override
    public void freeze() {
        docker().pauseContainerCmd(id()).exec();
    }

    @Override
    public void thaw() {
        docker().unpauseContainerCmd(id()).exec();
    }

    @Override
    public String ctl(String... arguments) {
        List<String> command = new ArrayList<>(List.of("rabbitmqctl", "-q"));
        command.addAll(List.of(arguments));
        try {
            ExecResult result = container.execInContainer(command.toArray(String[]::new));
            if (result.getExitCode() != 0) {
                throw new BrokerException("rabbitmqctl ended with status " + result.getExitCode() + ": "
                        + result.getStderr() + result.getStdout());
            }
            return result.getStdout();
        } catch (IOException e) {
            throw new UncheckedIOException("Could not run rabbitmqctl in the container", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerException("Interrupted while a command to the broker was running", e);
        }
    }

    @Override
    public void evaluate(String expression) {
        ctl("eval", expression + ".");
    }

    @Override
    public void remove() {
        container.stop();
    }

    private DockerClient docker() {
        return container.getDockerClient();
    }

    private String id() {
        return container.getContainerId();
    }
}
