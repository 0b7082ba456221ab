package io.eventbus.brokers;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.testcontainers.containers.GenericContainer;

/** Kafka in a container. Its ports are the same inside and outside, because it tells its clients where to connect. */
final class DockerKafka extends DockerServer implements KafkaServer {
    private static final String IMAGE = "apache/kafka:4.3.1";

    private final KafkaNode node;

    private DockerKafka(GenericContainer<?> container, KafkaNode node) {
        super(container, node.url(), () -> KafkaProbe.usable(node));
        this.node = node;
    }

    static DockerKafka launch(KafkaSettings settings, PortBlock block) {
        List<Integer> advertisedPorts = block.ofProxies(settings.proxiedListeners());
        return launch(IMAGE, KafkaBroker.URL_VARIABLE, settings.ports(), ports -> {
            KafkaNode node = new KafkaNode(settings, host(), "0.0.0.0", ports, advertisedPorts);
            List<String> bindings =
                    ports.stream().map(port -> binding(port, port)).toList();
            return new DockerKafka(container(IMAGE, bindings).withEnv(environment(node)), node);
        });
    }

    /** The image makes properties of variables. */
    private static Map<String, String> environment(KafkaNode node) {
        return node.properties("/tmp/kafka-logs").entrySet().stream()
                .collect(Collectors.toMap(
                        property -> variable(property.getKey().toString()),
                        property -> property.getValue().toString()));
    }

    private static String variable(String property) {
        String escaped = property.replace("_", "__").replace("-", "___").replace('.', '_');
        return "KAFKA_" + escaped.toUpperCase(Locale.ROOT);
    }

    @Override
    public List<ProxiedListener> listeners() {
        return node.proxiedListeners();
    }

    @Override
    public String tool(String mainClass, String... arguments) {
        return execute(List.of("/opt/kafka/bin/kafka-run-class.sh", mainClass), arguments);
    }
}
