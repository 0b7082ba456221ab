package io.eventbus.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerUrlTest {

    @Test
    @DisplayName("every part of a URL is read and decoded")
    void allParts() {
        assertThat(url("amqps://us%3Aer:p%40ss+%25@rabbit.example:15671/a%2Fb?x=y"))
                .isEqualTo(new BrokerUrl(true, "rabbit.example", 15671, "us:er", "p@ss+%", "a/b"));
    }

    @ParameterizedTest
    @CsvSource({"amqp://h,5672", "amqps://h,5671"})
    @DisplayName("what is missing has the usual default")
    void defaults(String text, int port) {
        assertThat(url(text)).isEqualTo(new BrokerUrl(text.startsWith("amqps"), "h", port, "guest", "guest", "/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"amqp://h", "amqp://h/", "amqp://h/%2F"})
    @DisplayName("no path, an empty path and an escaped slash all mean the vhost /")
    void rootVhost(String text) {
        assertThat(url(text).vhost()).isEqualTo("/");
    }

    @Test
    @DisplayName("an IPv6 address loses its brackets")
    void ipv6() {
        assertThat(url("amqp://[::1]:5673").host()).isEqualTo("::1");
        assertThat(url("amqp://[::1]:5673")).hasToString("[::1]:5673, vhost /");
    }

    @ParameterizedTest
    @ValueSource(strings = {"amqp://canary@h", "amqp://u:canary@h/a/b", "amqp://u:canary@my_host", "amqp://u:canary@"})
    @DisplayName("a URL that makes no sense is refused, without its secrets")
    void refused(String text) {
        assertThatThrownBy(() -> url(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("canary");
    }

    @Test
    @DisplayName("printing a URL shows no secret")
    void printed() {
        assertThat(url("amqp://user:canary@h:1/v")).hasToString("h:1, vhost v");
    }

    private static BrokerUrl url(String text) {
        return BrokerUrl.parse(URI.create(text));
    }
}
