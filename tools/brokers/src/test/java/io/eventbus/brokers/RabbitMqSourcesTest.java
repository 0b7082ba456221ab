package io.eventbus.brokers;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RabbitMqSourcesTest {

    @Test
    @DisplayName("Without any source the error says what to set, start or install")
    void nothing() {
        assertThatThrownBy(() -> given("").find())
                .isInstanceOf(BrokerException.class)
                .hasMessageContaining("EVENTBUS_RABBITMQ_URL=amqp://")
                .hasMessageContaining("start Docker")
                .hasMessageContaining("apt-get install rabbitmq-server");
    }

    @Test
    @DisplayName("A given URL at which nothing answers is an error that names it without its password")
    void unreachable() {
        int port = Ports.free(1).get(0);
        assertThatThrownBy(() -> given("amqp://ann:s3cret@127.0.0.1:" + port).find())
                .isInstanceOf(BrokerException.class)
                .hasMessageContaining("127.0.0.1:" + port)
                .hasMessageContaining("EVENTBUS_RABBITMQ_URL")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    @DisplayName("A given text that is no AMQP URL is an error that does not repeat it")
    void malformed() {
        assertThatThrownBy(() -> given("amqp:// ann:s3cret@nowhere").find())
                .isInstanceOf(BrokerException.class)
                .hasMessageContaining("EVENTBUS_RABBITMQ_URL is not a URL like amqp://")
                .hasMessageNotContaining("s3cret")
                .hasNoCause();
    }

    @Test
    @DisplayName("A given URL of another scheme is refused")
    void otherScheme() {
        assertThatThrownBy(() -> given("redis://127.0.0.1:6379").find())
                .isInstanceOf(BrokerException.class)
                .hasMessageContaining("amqp://");
    }

    private static RabbitMqSources given(String url) {
        return new RabbitMqSources(
                new Machine(Map.of(RabbitMqBroker.URL_VARIABLE, url), () -> false), Optional.empty());
    }
}
