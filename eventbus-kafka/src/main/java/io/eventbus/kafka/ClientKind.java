package io.eventbus.kafka;

import io.eventbus.spi.OptionDescriptor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * One of Kafka's clients: the settings that it has, and those that the bus depends on.
 *
 * @param option the option that stands for all settings of this client
 * @param definition the client's own list of its settings
 * @param fixed what is not the user's to say
 */
record ClientKind(OptionDescriptor option, Supplier<ConfigDef> definition, Map<String, Fixed> fixed) {

    /** Of all clients. */
    private static final Map.Entry<String, Fixed> CHECKED_HOST = fixed(
            "ssl.endpoint.identification.algorithm", "https", "a broker's certificate counts for its own host only");

    /** Sends, with its order kept and each event written once by one session. */
    static final ClientKind PRODUCER = new ClientKind(
            KafkaTransportProvider.PRODUCER,
            ProducerConfig::configDef,
            Map.ofEntries(
                    CHECKED_HOST,
                    fixed("acks", "all", "an event that was accepted has to survive"),
                    fixed("enable.idempotence", "true", "an event must not be written twice or out of order"),
                    fixed("max.in.flight.requests.per.connection", "5", "more would not keep the order"),
                    fixed("retries", "2147483647", "kafka.session-timeout bounds them"),
                    fixed("key.serializer", ByteArraySerializer.class.getName(), "the bus encodes"),
                    fixed("value.serializer", ByteArraySerializer.class.getName(), "the bus encodes"),
                    fixed("partitioner.ignore.keys", "false", "the events of a key belong into one partition"),
                    derived("partitioner.class", "the events of a key belong where every client of Kafka puts them"),
                    derived("transactional.id", "the bus has no transactions"),
                    derived("max.request.size", "use kafka.max-payload"),
                    derived("max.block.ms", "the bus's open time-out says it"),
                    derived("delivery.timeout.ms", "use kafka.session-timeout"),
                    derived("request.timeout.ms", "use kafka.session-timeout")));

    /** Receives. Offsets are committed by the receiver alone. */
    static final ClientKind CONSUMER = new ClientKind(
            KafkaTransportProvider.CONSUMER,
            ConsumerConfig::configDef,
            Map.ofEntries(
                    CHECKED_HOST,
                    fixed("enable.auto.commit", "false", "an event is settled when its handlers have succeeded"),
                    fixed(
                            "auto.offset.reset",
                            "earliest",
                            "partitions that are added later are read from their beginning"),
                    fixed("isolation.level", "read_committed", "what a transaction took back was never sent"),
                    fixed("allow.auto.create.topics", "false", "topics are made with their stated partitions"),
                    fixed("key.deserializer", ByteArrayDeserializer.class.getName(), "the bus decodes"),
                    fixed("value.deserializer", ByteArrayDeserializer.class.getName(), "the bus decodes"),
                    derived("interceptor.classes", "an event that an interceptor drops would count as settled"),
                    derived("group.id", "it is made of topic and group"),
                    derived("group.instance.id", "a member that leaves has to hand over at once"),
                    derived("group.protocol", "use kafka.group-protocol"),
                    derived("session.timeout.ms", "use kafka.session-timeout"),
                    derived("heartbeat.interval.ms", "use kafka.session-timeout"),
                    derived("max.poll.records", "the bus's maxInFlight says it"),
                    derived("request.timeout.ms", "use kafka.session-timeout"),
                    derived("default.api.timeout.ms", "the bus's open time-out says it")));

    /** Makes topics, begins groups, answers questions. */
    static final ClientKind ADMIN = new ClientKind(
            KafkaTransportProvider.ADMIN,
            AdminClientConfig::configDef,
            Map.ofEntries(
                    CHECKED_HOST,
                    derived("bootstrap.controllers", "the URL says where the brokers are"),
                    derived("request.timeout.ms", "the bus's open time-out says it"),
                    derived("default.api.timeout.ms", "the bus's open time-out says it")));

    static final List<ClientKind> ALL = List.of(PRODUCER, CONSUMER, ADMIN);

    /** What is not the user's to say: the value that it has, or null if it follows from something else, and why. */
    record Fixed(@Nullable String value, String reason) {}

    /** The prefix of the options that hold this client's settings. */
    String prefix() {
        return option.name();
    }

    /** The client's own list of its settings. */
    ConfigDef settings() {
        return definition.get();
    }

    /** The settings that the bus depends on, as far as their value is always the same. */
    Map<String, String> fixedValues() {
        return fixed.entrySet().stream()
                .filter(entry -> entry.getValue().value() != null)
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> String.valueOf(entry.getValue().value())));
    }

    /**
     * Refuses what the bus depends on, unless it is said as it is.
     *
     * @param prefix what the option's name has before the setting's
     * @throws IllegalArgumentException naming the option and the reason
     */
    void requireFree(String prefix, String name, String value) {
        Fixed known = name.equals("bootstrap.servers") ? new Fixed(null, "the URL says it") : fixed.get(name);
        if (known != null && !value.equals(known.value())) {
            String what = known.value() == null ? " cannot be set: " : " is always " + known.value() + ": ";
            throw new IllegalArgumentException(prefix + name + what + known.reason());
        }
    }

    /** The names of the settings that an option with a prefix stands for. */
    static Set<String> namesBelow(OptionDescriptor prefix) {
        return ALL.stream()
                .filter(kind -> kind.option().equals(prefix))
                .findFirst()
                .map(kind -> kind.settings().names())
                .orElseGet(() -> commonNamesBelow(prefix));
    }

    /** All clients secure their connections by the same settings. */
    private static Set<String> commonNamesBelow(OptionDescriptor prefix) {
        String begin = prefix.name().substring(KafkaTransportProvider.OPTIONS.length());
        return ADMIN.settings().names().stream()
                .filter(name -> name.startsWith(begin))
                .map(name -> name.substring(begin.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map.Entry<String, Fixed> fixed(String name, String value, String reason) {
        return Map.entry(name, new Fixed(value, reason));
    }

    private static Map.Entry<String, Fixed> derived(String name, String reason) {
        return Map.entry(name, new Fixed(null, reason));
    }
}
