package io.eventbus.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.eventbus.spi.Capability;
import io.eventbus.spi.OptionDescriptor;
import io.eventbus.spi.Transport;
import io.eventbus.spi.TransportConfig;
import io.eventbus.spi.TransportProvider;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the transport says of itself, and what it can be told. */
class KafkaTransportProviderTest {

    @Test
    @DisplayName("the provider is found, and says what it is")
    void found() {
        TransportProvider provider = ServiceLoader.load(TransportProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(each -> each.name().equals("kafka"))
                .findFirst()
                .orElseThrow();

        assertThat(provider.schemes()).containsExactly("kafka");
        assertThat(provider.defaultUrl()).hasToString("kafka://localhost:9092");
        assertThat(provider.options())
                .extracting(OptionDescriptor::name)
                .containsExactly(
                        "kafka.partitions",
                        "kafka.replication-factor",
                        "kafka.session-timeout",
                        "kafka.revocation-timeout",
                        "kafka.group-protocol",
                        "kafka.max-payload",
                        "kafka.security.",
                        "kafka.ssl.",
                        "kafka.sasl.",
                        "kafka.producer.",
                        "kafka.consumer.",
                        "kafka.admin.");
    }

    @Test
    @DisplayName("the settings of a client are those that the client itself lists")
    void settings() {
        TransportProvider provider = new KafkaTransportProvider();

        assertThat(provider.namesBelow(KafkaTransportProvider.PRODUCER)).contains("linger.ms", "compression.type");
        assertThat(provider.namesBelow(KafkaTransportProvider.CONSUMER)).contains("fetch.min.bytes");
        assertThat(provider.namesBelow(KafkaTransportProvider.SSL)).contains("truststore.location");
        assertThat(provider.namesBelow(KafkaTransportProvider.SASL)).contains("mechanism");
        assertThat(provider.namesBelow(KafkaTransportProvider.SECURITY)).contains("protocol");
    }

    @Test
    @DisplayName("a transport can do all that there is, and takes its limit from the option")
    void declares() {
        assertThat(create(Map.of()).capabilities()).containsExactlyInAnyOrder(Capability.values());
        assertThat(create(Map.of()).limits().maxPayload()).isEqualTo(1024 * 1024);
        assertThat(create(Map.of("kafka.max-payload", "1000")).limits().maxPayload())
                .isEqualTo(1000);
    }

    @Test
    @DisplayName("settings of the clients are taken, also those that say what is so anyway")
    void taken() {
        create(Map.of(
                        "kafka.producer.linger.ms", "5",
                        "kafka.producer.acks", "all",
                        "kafka.consumer.enable.auto.commit", "false",
                        "kafka.consumer.fetch.min.bytes", "1",
                        "kafka.consumer.fetch.max.wait.ms", "3750",
                        "kafka.admin.retries", "3",
                        "kafka.security.protocol", "SSL",
                        "kafka.ssl.truststore.type", "PEM",
                        "kafka.replication-factor", "3"))
                .close();
    }

    @ParameterizedTest
    @CsvSource({"1s, 250", "15s, 500"})
    @DisplayName("a fetch that finds nothing ends well before its request would count as lost")
    void fetchWait(String session, int millis) {
        assertThat(settings(Map.of("kafka.session-timeout", session)).consumer(1))
                .containsEntry("fetch.max.wait.ms", millis);
    }

    @Test
    @DisplayName("a client pushes its metrics to the broker only where that was asked for")
    void metricsPush() {
        ClientSettings asked = settings(Map.of("kafka.consumer.enable.metrics.push", "true"));
        assertThat(asked.producer()).containsEntry("enable.metrics.push", "false");
        assertThat(asked.member("group", 1)).containsEntry("enable.metrics.push", "true");
    }

    @Test
    @DisplayName("a number that the client takes with blanks around it is one for the bus, too")
    void blanks() {
        assertThat(settings(Map.of("kafka.producer.linger.ms", " 5 ")).producer())
                .containsEntry("delivery.timeout.ms", 15_005);
    }

    @ParameterizedTest
    @CsvSource({"60s, 15s, 180000", "10m, 1s, 1204000"})
    @DisplayName("a member has time to hand over partitions, and Kafka waits no longer than twice that for any")
    void pollInterval(String revocation, String session, int millis) {
        ClientSettings settings =
                settings(Map.of("kafka.revocation-timeout", revocation, "kafka.session-timeout", session));

        assertThat(settings.member("g", 1)).containsEntry("max.poll.interval.ms", millis);
    }

    @ParameterizedTest
    @CsvSource({"60s, 15s, '', 195", "60s, 15s, ' 120000 ', 135", "2s, 5s, '', 29"})
    @DisplayName("a member waits for its group as long as Kafka waits for a member, and a session")
    void standstillLimit(String revocation, String session, String interval, int seconds) {
        Map<String, String> options =
                new HashMap<>(Map.of("kafka.revocation-timeout", revocation, "kafka.session-timeout", session));
        if (!interval.isEmpty()) {
            options.put("kafka.consumer.max.poll.interval.ms", interval);
        }

        assertThat(settings(options).standstillLimit()).hasSeconds(seconds);
    }

    @ParameterizedTest
    @CsvSource({
        "kafka.consumer.enable.auto.commit, true",
        "kafka.consumer.auto.offset.reset, latest",
        "kafka.consumer.isolation.level, read_uncommitted",
        "kafka.consumer.group.id, mine",
        "kafka.consumer.group.instance.id, mine",
        "kafka.consumer.key.deserializer, mine",
        "kafka.consumer.interceptor.classes, mine",
        "kafka.consumer.allow.auto.create.topics, true",
        "kafka.consumer.bootstrap.servers, mine",
        "kafka.producer.acks, 1",
        "kafka.producer.enable.idempotence, false",
        "kafka.producer.max.in.flight.requests.per.connection, 6",
        "kafka.producer.transactional.id, mine",
        "kafka.producer.value.serializer, mine",
        "kafka.producer.partitioner.class, mine",
        "kafka.producer.delivery.timeout.ms, 5",
        "kafka.admin.default.api.timeout.ms, 5",
        "kafka.admin.ssl.endpoint.identification.algorithm, none",
        "kafka.ssl.endpoint.identification.algorithm, ''"
    })
    @DisplayName("a setting that would undo what the bus promises is refused by name, with the reason")
    void conflicting(String option, String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> create(Map.of(option, value)))
                .withMessageStartingWith(option)
                .withMessageContaining(": ");
    }

    @ParameterizedTest
    @CsvSource({
        "kafka.producer.linger.ms, canary, LONG",
        "kafka.consumer.fetch.min.bytes, canary, INT",
        "kafka.producer.compression.type, canary, STRING",
        "kafka.security.protocol, canary, STRING",
        "kafka.replication-factor, canary, whole number",
        "kafka.session-timeout, 1h, at most 5m",
        "kafka.session-timeout, 999ms, at least 1s",
        "kafka.consumer.fetch.max.wait.ms, canary, INT",
        "kafka.consumer.fetch.max.wait.ms, 3751, at most a quarter of kafka.session-timeout",
        "kafka.consumer.max.poll.interval.ms, 119999, at most half"
    })
    @DisplayName("a bad value is refused by the option's name, without the value, saying what would be right")
    void badValue(String option, String value, String expected) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> create(Map.of(option, value)))
                .withMessageContaining(option)
                .withMessageContaining(expected)
                .withMessageNotContaining("canary");
    }

    @Test
    @DisplayName("who connects is said once, and only where connections ask for it")
    void login() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> create("kafka://u:canary@h:1", Map.of("kafka.sasl.jaas.config", "canary")))
                .withMessageContaining("kafka.sasl.jaas.config")
                .withMessageNotContaining("canary");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> create("kafka://u:canary@h:1", Map.of("kafka.security.protocol", "SSL")))
                .withMessageContaining("SASL_SSL")
                .withMessageNotContaining("canary");
    }

    private static ClientSettings settings(Map<String, String> options) {
        URI url = URI.create("kafka://localhost:1");
        return new ClientSettings(
                KafkaUrl.parse(url), new TransportConfig(url, options, Duration.ofSeconds(1), "test"));
    }

    private static Transport create(Map<String, String> options) {
        return create("kafka://localhost:1", options);
    }

    private static Transport create(String url, Map<String, String> options) {
        return new KafkaTransportProvider()
                .create(new TransportConfig(URI.create(url), options, Duration.ofSeconds(1), "test"));
    }
}
