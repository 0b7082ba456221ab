package io.eventbus.brokers;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.testcontainers.containers.GenericContainer;

/** Redis in a container. Its ports are the same inside and outside, as a cluster wants it. */
final class DockerRedis extends DockerServer implements RedisServer {
    private static final String IMAGE = "redis:7-alpine";

    private DockerRedis(GenericContainer<?> container, URI url, RedisSettings settings) {
        super(container, url, () -> settings.probe(url));
    }

    static DockerRedis launch(RedisSettings settings) {
        return launch(IMAGE, RedisBroker.URL_VARIABLE, settings.ports(), ports -> at(ports, settings));
    }

    private static DockerRedis at(List<Integer> ports, RedisSettings settings) {
        int port = ports.get(0);
        List<String> command = new ArrayList<>(List.of("redis-server", "--protected-mode", "no"));
        command.addAll(settings.commandLine(host(), ports));
        GenericContainer<?> container =
                container(IMAGE, List.of(binding(port, port))).withCommand(command.toArray(String[]::new));
        return new DockerRedis(container, URI.create("redis://" + host() + ":" + port), settings);
    }

    @Override
    public String cli(String... arguments) {
        return execute(List.of("redis-cli", "-e", "-p", String.valueOf(url().getPort())), arguments);
    }
}
