package io.eventbus.brokers;

import io.eventbus.kafka.server.KafkaProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Kafka as a JVM of its own below this one. */
final class LocalKafka extends LocalServer implements KafkaServer {
    private static final String HOST = "127.0.0.1";
    private static final Map<String, String> ENVIRONMENT = Map.of("LANG", "C.UTF-8");

    private final KafkaNode node;

    private LocalKafka(KafkaNode node, Reaper reaper) {
        super(reaper, program(node, reaper.directory()));
        this.node = node;
    }

    /** Its ports are the block's: the caller keeps it open as long as the broker is there. */
    static LocalKafka launch(KafkaSettings settings, PortBlock block) {
        int proxies = settings.proxiedListeners();
        KafkaNode node = new KafkaNode(settings, HOST, HOST, block.ofBroker(proxies), block.ofProxies(proxies));
        return new LocalKafka(node, Reaper.inTemporaryDirectory("eventbus-kafka-"));
    }

    private static Program program(KafkaNode node, Path directory) {
        Path properties = directory.resolve("server.properties");
        try (Writer writer = Files.newBufferedWriter(properties)) {
            node.properties(directory.resolve("data").toString()).store(writer, null);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not write the properties of a Kafka", e);
        }
        return new Program(
                "kafka", KafkaProgram.broker(properties), ENVIRONMENT, node.url(), () -> KafkaProbe.usable(node));
    }

    @Override
    public List<ProxiedListener> listeners() {
        return node.proxiedListeners();
    }

    @Override
    public String tool(String mainClass, String... arguments) {
        return Command.run(KafkaProgram.command(mainClass, arguments), ENVIRONMENT, "", reaper().directory());
    }
}
