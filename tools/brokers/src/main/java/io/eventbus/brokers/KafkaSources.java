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

    KafkaBroker launch(KafkaSettings settings) {
        int proxies = settings.proxiedListeners();
        return machine.<KafkaBroker>broker(
                KafkaBroker.URL_VARIABLE,
                GivenKafka::at,
                () -> StartedKafka.launch(proxies, ports -> DockerKafka.launch(settings, ports)),
                () -> StartedKafka.launch(proxies, ports -> LocalKafka.launch(settings, ports)));
    }

    /** One that was started here, whatever is given. */
    KafkaBroker start(KafkaSettings settings) {
        return new KafkaSources(machine.givenNothing()).launch(settings);
    }
}
