package io.eventbus.kafka;

import io.eventbus.kafka.KafkaUrl.Login;
import io.eventbus.spi.OptionDescriptor;
import io.eventbus.spi.TransportConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;

/**
 * What each of Kafka's clients is made with: what the bus depends on, what follows from the transport's own options, so that
 * no two times contradict each other, and what the user gave for the client itself.
 */
final class ClientSettings {

    /** What a message may have beside its payload: headers, key, and what the bus adds. */
    static final int BESIDE_PAYLOAD = 64 * 1024;

    /** What a dead letter may have beside the record that it was: where it comes from, and why. */
    private static final int DIAGNOSIS = 64 * 1024;

    private static final List<OptionDescriptor> COMMON =
            List.of(KafkaTransportProvider.SECURITY, KafkaTransportProvider.SSL, KafkaTransportProvider.SASL);
    private static final Duration MIN_SESSION = Duration.ofSeconds(1);
    private static final Duration MAX_SESSION = Duration.ofMinutes(5);
    private static final String FETCH_WAIT = "fetch.max.wait.ms";
    private static final long DEFAULT_FETCH_WAIT = 500;

    /** By a heartbeat a member learns that another has left, and only then are its partitions given to others. */
    private static final long MAX_HEARTBEAT_MILLIS = 1000;

    private static final String MAX_POLL_INTERVAL = "max.poll.interval.ms";

    private final KafkaUrl url;
    private final TransportConfig config;
    private final Duration session;

    /** @throws IllegalArgumentException if an option cannot be as it was given; no value is shown */
    ClientSettings(KafkaUrl url, TransportConfig config) {
        this.url = url;
        this.config = config;
        this.session = config.duration(KafkaTransportProvider.SESSION_TIMEOUT);
        requireSession();
        ClientKind.ALL.forEach(this::check);
        requireFetchInTime();
        requireRevocationInTime();
    }

    /** How long a silent broker is not dead yet. */
    Duration session() {
        return session;
    }

    /** How long a member that hands over partitions waits for its handlers. */
    Duration revocation() {
        return config.duration(KafkaTransportProvider.REVOCATION_TIMEOUT);
    }

    /** Longer than a rebalance takes in which all members answer: as long as Kafka waits for a member, and a session to spare. */
    Duration standstillLimit() {
        return session.plus(pollInterval());
    }

    /** How long opening a session or asking something may take. */
    Duration openTimeout() {
        return config.openTimeout();
    }

    /** The longest record of an event, in bytes. */
    int maxRecord() {
        return config.integer(KafkaTransportProvider.MAX_PAYLOAD) + BESIDE_PAYLOAD;
    }

    /** The longest record of a dead letter, in bytes: no event is too long to be one. */
    int maxDeadLetter() {
        return maxRecord() + DIAGNOSIS;
    }

    /** The settings of a producer. */
    Map<String, Object> producer() {
        Map<String, Object> settings = base(ClientKind.PRODUCER);
        settings.put("linger.ms", "0");
        settings.putAll(given(ClientKind.PRODUCER));
        long linger = Long.parseLong(String.valueOf(settings.get("linger.ms")).strip());
        settings.put("max.request.size", maxDeadLetter());
        settings.put("max.block.ms", millis(openTimeout()));
        settings.put("delivery.timeout.ms", (int) Math.min(Integer.MAX_VALUE, session.toMillis() + linger));
        settings.put("request.timeout.ms", millis(session.dividedBy(2)));
        return settings;
    }

    /** The settings of a consumer that belongs to no group. */
    Map<String, Object> consumer(int maxRecords) {
        Map<String, Object> settings = base(ClientKind.CONSUMER);
        settings.putAll(given(ClientKind.CONSUMER));
        settings.putIfAbsent(FETCH_WAIT, (int) Math.min(DEFAULT_FETCH_WAIT, maxFetchWait()));
        settings.put("max.poll.records", maxRecords);
        settings.put("request.timeout.ms", millis(session.dividedBy(2)));
        settings.put("default.api.timeout.ms", millis(openTimeout()));
        return settings;
    }

    /** The settings of a member of a group. */
    Map<String, Object> member(String groupId, int maxRecords) {
        Map<String, Object> settings = consumer(maxRecords);
        String protocol = config.text(KafkaTransportProvider.GROUP_PROTOCOL);
        settings.put("group.id", groupId);
        settings.put("group.protocol", protocol);
        settings.put(MAX_POLL_INTERVAL, millis(pollInterval()));
        if (protocol.equals(KafkaTransportProvider.CLASSIC)) {
            settings.put("session.timeout.ms", millis(session));
            settings.put("heartbeat.interval.ms", (int) Math.min(MAX_HEARTBEAT_MILLIS, session.toMillis() / 3));
            settings.putIfAbsent(
                    "partition.assignment.strategy", "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");
        }
        return settings;
    }

    /** The settings of an admin client. */
    Map<String, Object> admin() {
        Map<String, Object> settings = base(ClientKind.ADMIN);
        settings.putAll(given(ClientKind.ADMIN));
        settings.put("request.timeout.ms", millis(openTimeout()));
        settings.put("default.api.timeout.ms", millis(openTimeout()));
        return settings;
    }

    private Map<String, Object> base(ClientKind kind) {
        Map<String, Object> settings = new HashMap<>(kind.fixedValues());
        settings.put("bootstrap.servers", url.servers());
        settings.put("client.id", config.clientName());
        // naming them for the broker was a tenth of a profile of the conformance suite
        settings.put("enable.metrics.push", "false");
        settings.put("socket.connection.setup.timeout.ms", millis(openTimeout()));
        settings.put("socket.connection.setup.timeout.max.ms", millis(openTimeout()));
        settings.putAll(security());
        return settings;
    }

    private Map<String, String> security() {
        Map<String, String> settings = new HashMap<>();
        COMMON.forEach(prefix -> config.options().forEach((name, value) -> {
            if (name.startsWith(prefix.name())) {
                settings.put(name.substring(KafkaTransportProvider.OPTIONS.length()), value);
            }
        }));
        if (url.login() != null) {
            addLogin(settings, url.login());
        }
        return settings;
    }

    private static void addLogin(Map<String, String> settings, Login login) {
        if (settings.containsKey("sasl.jaas.config")) {
            throw new IllegalArgumentException(
                    "both the URL and kafka.sasl.jaas.config say who connects; give one of them");
        }
        settings.putIfAbsent("security.protocol", "SASL_PLAINTEXT");
        if (!settings.get("security.protocol").startsWith("SASL_")) {
            throw new IllegalArgumentException(
                    "the URL has a user, which needs kafka.security.protocol SASL_SSL or SASL_PLAINTEXT");
        }
        settings.putIfAbsent("sasl.mechanism", "PLAIN");
        boolean scram = settings.get("sasl.mechanism").startsWith("SCRAM-");
        String module = scram ? "scram.ScramLoginModule" : "plain.PlainLoginModule";
        settings.put(
                "sasl.jaas.config",
                "org.apache.kafka.common.security." + module + " required username=" + quoted(login.user())
                        + " password=" + quoted(login.password()) + ";");
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private Map<String, String> given(ClientKind kind) {
        Map<String, String> given = new HashMap<>();
        config.options().forEach((name, value) -> {
            if (name.startsWith(kind.prefix())) {
                given.put(name.substring(kind.prefix().length()), value);
            }
        });
        return given;
    }

    private void check(ClientKind kind) {
        given(kind).forEach((name, value) -> kind.requireFree(kind.prefix(), name, value));
        security().forEach((name, value) -> kind.requireFree(KafkaTransportProvider.OPTIONS, name, value));
        requireGood(kind, kind.prefix(), given(kind));
        requireGood(kind, KafkaTransportProvider.OPTIONS, security());
    }

    /** The client's own words would show the value. */
    private static void requireGood(ClientKind kind, String prefix, Map<String, String> given) {
        ConfigDef settings = kind.settings();
        settings.validate(given).stream()
                .filter(checked -> given.containsKey(checked.name())
                        && !checked.errorMessages().isEmpty())
                .map(ConfigValue::name)
                .findFirst()
                .ifPresent(bad -> {
                    ConfigDef.ConfigKey setting = settings.configKeys().get(bad);
                    throw new IllegalArgumentException("bad value of option " + prefix + bad + ": expected "
                            + (setting == null ? "a value" : setting.type) + " as Kafka's client takes it");
                });
    }

    private void requireSession() {
        if (session.compareTo(MIN_SESSION) < 0 || session.compareTo(MAX_SESSION) > 0) {
            throw new IllegalArgumentException(KafkaTransportProvider.SESSION_TIMEOUT.name() + " is "
                    + session.toMillis() + "ms; expected at least " + MIN_SESSION.toSeconds() + "s and at most "
                    + MAX_SESSION.toMinutes() + "m");
        }
    }

    /** A fetch that finds nothing would have no answer in time: it would be made again for ever, and bring nothing. */
    private void requireFetchInTime() {
        String wait = given(ClientKind.CONSUMER).getOrDefault(FETCH_WAIT, "0").strip();
        if (Long.parseLong(wait) > maxFetchWait()) {
            throw new IllegalArgumentException(ClientKind.CONSUMER.prefix() + FETCH_WAIT + " is " + wait
                    + "ms; expected at most a quarter of " + KafkaTransportProvider.SESSION_TIMEOUT.name()
                    + ", which is " + session.toMillis() + "ms");
        }
    }

    /** Half of what a request may take. */
    private long maxFetchWait() {
        return session.toMillis() / 4;
    }

    /** A member that waits longer than that is taken for dead. */
    private void requireRevocationInTime() {
        Duration interval = pollInterval();
        Duration revocation = revocation();
        if (revocation.compareTo(interval.dividedBy(2)) > 0) {
            throw new IllegalArgumentException(KafkaTransportProvider.REVOCATION_TIMEOUT.name() + " is "
                    + revocation.toMillis() + "ms; expected at most half of " + ClientKind.CONSUMER.prefix()
                    + MAX_POLL_INTERVAL + ", which is " + interval.toMillis() + "ms");
        }
    }

    /** Unless the user says it: twice what a member may take between two polls, to wait for handlers, to commit, and to ask. */
    private Duration pollInterval() {
        String interval = given(ClientKind.CONSUMER).get(MAX_POLL_INTERVAL);
        return interval == null
                ? revocation().plus(session.multipliedBy(2)).multipliedBy(2)
                : Duration.ofMillis(Long.parseLong(interval.strip()));
    }

    private static int millis(Duration duration) {
        return (int) Math.min(Integer.MAX_VALUE, duration.toMillis());
    }
}
