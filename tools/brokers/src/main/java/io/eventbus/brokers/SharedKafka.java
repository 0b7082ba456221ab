package io.eventbus.brokers;

import java.util.List;

/** The one Kafka of a JVM. */
final class SharedKafka extends SharedBroker<KafkaBroker> implements KafkaBroker {
    private static final Lazy<KafkaBroker> INSTANCE = new Lazy<>(() -> new SharedKafka(
            KafkaSources.ofThisMachine().find(KafkaSettings.plain().lasting())));

    SharedKafka(KafkaBroker broker) {
        super("Kafka", "KafkaBroker.launch()", broker);
    }

    static KafkaBroker instance() {
        return INSTANCE.get();
    }

    @Override
    public List<ProxiedListener> listeners() {
        return broker().listeners();
    }

    @Override
    public String tool(String mainClass, String... arguments) {
        return broker().tool(mainClass, arguments);
    }
}
