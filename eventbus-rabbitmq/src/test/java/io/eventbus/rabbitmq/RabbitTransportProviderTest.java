package io.eventbus.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventbus.spi.Capability;
import io.eventbus.spi.OptionDescriptor;
import io.eventbus.spi.Transport;
import io.eventbus.spi.TransportConfig;
import io.eventbus.spi.TransportProvider;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RabbitTransportProviderTest {

    @Test
    @DisplayName("the provider is found, and says what it is")
    void found() {
        TransportProvider provider = ServiceLoader.load(TransportProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(each -> each.name().equals("rabbitmq"))
                .findFirst()
                .orElseThrow();

        assertThat(provider.schemes()).containsExactlyInAnyOrder("amqp", "amqps");
        assertThat(provider.defaultUrl()).hasScheme("amqp").hasHost("localhost").hasPort(5672);
        assertThat(provider.options())
                .extracting(OptionDescriptor::name)
                .containsExactly(
                        "rabbitmq.queue-type",
                        "rabbitmq.heartbeat",
                        "rabbitmq.max-payload",
                        "rabbitmq.consumer-timeout",
                        "rabbitmq.trusted-certificates");
    }

    @Test
    @DisplayName("a transport declares what its queues can do, and takes its limit from the option")
    void declares() {
        Transport quorum = create(Map.of("rabbitmq.max-payload", "1000"));
        Transport classic = create(Map.of("rabbitmq.queue-type", "classic"));

        assertThat(quorum.capabilities()).containsExactlyInAnyOrder(Capability.DURABLE, Capability.DELIVERY_COUNT);
        assertThat(classic.capabilities()).containsExactly(Capability.DURABLE);
        assertThat(quorum.limits().maxPayload()).isEqualTo(1000);
        assertThat(classic.limits().maxPayload()).isEqualTo(16 * 1024 * 1024);
    }

    @ParameterizedTest
    @ValueSource(strings = {"500ms", "0s", "19h"})
    @DisplayName("a heartbeat that the protocol does not know is refused, with its name")
    void heartbeat(String value) {
        assertThatThrownBy(() -> create(Map.of("rabbitmq.heartbeat", value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rabbitmq.heartbeat");
    }

    @Test
    @DisplayName(
            "a transport declares how long the broker lets a member hold a message, half an hour if it is not told")
    void holdLimit() {
        assertThat(create(Map.of()).holdLimit()).contains(Duration.ofMinutes(30));
        assertThat(create(Map.of("rabbitmq.consumer-timeout", "2h")).holdLimit())
                .contains(Duration.ofHours(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"999ms", "0s"})
    @DisplayName("a consumer time-out in which a member could handle nothing is refused, with its name")
    void consumerTimeout(String value) {
        assertThatThrownBy(() -> create(Map.of("rabbitmq.consumer-timeout", value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rabbitmq.consumer-timeout");
    }

    private static Transport create(Map<String, String> options) {
        URI url = URI.create("amqp://localhost:1");
        return new RabbitTransportProvider().create(new TransportConfig(url, options, Duration.ofSeconds(1), "test"));
    }
}
