package io.eventbus.brokers;

/**
 * Where a Kafka can come from. A local one needs no installation: it is among Maven's artifacts.
 *
 * @param machine the variables and Docker
 */
record KafkaSources(Machine machine) {

    static KafkaSources ofThisMachine() {
        return new KafkaSources(Machine.here());
    }

    /** The first that there is; one that is given has none of these settings. */
    KafkaBroker find(KafkaSettings settings) {
        return machine.<KafkaBroker>broker(
                KafkaBroker.URL_VARIABLE,
                GivenKafka::at,
                () -> StartedKafka.launch(block -> DockerKafka.launch(settings, block)),
                () -> StartedKafka.launch(block -> LocalKafka.launch(settings, block)));
    }

    /** One that is started here, whatever is given. */
    KafkaBroker start(KafkaSettings settings) {
        return new KafkaSources(machine.givenNothing()).find(settings);
    }
}
