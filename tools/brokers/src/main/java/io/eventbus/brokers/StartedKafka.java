package io.eventbus.brokers;

import java.util.List;
import java.util.function.Function;

/** A Kafka that was started here and can be controlled. */
final class StartedKafka extends StartedBroker<KafkaServer> implements KafkaBroker {
    private final List<ProxiedListener> listeners;
    private final PortBlock block;

    private StartedKafka(KafkaServer server, PortBlock block) {
        super("Kafka", server);
        this.listeners = server.listeners();
        this.block = block;
    }

    /**
     * Launches one, and keeps its ports and those of its proxies for as long as it is there.
     *
     * @param launch takes the ports
     */
    static StartedKafka launch(Function<PortBlock, KafkaServer> launch) {
        PortBlock block = PortBlock.reserve();
        try {
            return new StartedKafka(launch.apply(block), block);
        } catch (RuntimeException e) {
            block.close();
            throw e;
        }
    }

    @Override
    public List<ProxiedListener> listeners() {
        return listeners;
    }

    @Override
    public String tool(String mainClass, String... arguments) {
        return running().tool(mainClass, arguments);
    }

    @Override
    public void close() {
        super.close();
        block.close();
    }
}
