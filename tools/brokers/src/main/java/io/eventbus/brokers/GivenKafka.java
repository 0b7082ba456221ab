package io.eventbus.brokers;

import java.util.List;
import java.util.Set;

/** A Kafka that someone else runs. */
final class GivenKafka extends GivenBroker implements KafkaBroker {
    private static final Variable VARIABLE =
            new Variable("Kafka", URL_VARIABLE, Set.of("kafka"), "kafka://host:9092,host:9092");

    private GivenKafka(String text) {
        super(VARIABLE, text);
    }

    /** Only sees whether the first of its servers listens: what a client has to say there is not known here. */
    static GivenKafka at(String text) {
        GivenKafka broker = new GivenKafka(text);
        broker.require(() -> KafkaProbe.connect(broker.host(), broker.port()));
        return broker;
    }

    @Override
    public List<ProxiedListener> listeners() {
        return List.of();
    }
}
