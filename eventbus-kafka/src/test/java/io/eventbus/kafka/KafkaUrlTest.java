package io.eventbus.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.eventbus.kafka.KafkaUrl.Login;
import java.net.URI;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the brokers are. */
class KafkaUrlTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kafka://host:9093                | host:9093",
                "kafka://host                     | host:9092",
                "kafka://a:1,b,c.d:3/             | a:1,b:9092,c.d:3",
                "kafka://[::1]                    | [::1]:9092",
                "kafka://[::1]:9093/              | [::1]:9093",
                "kafka://user:word@a:1,b:2        | a:1,b:2"
            })
    @DisplayName("servers are read, and have the usual port unless they say another")
    void servers(String url, String servers) {
        assertThat(KafkaUrl.parse(URI.create(url)).servers()).isEqualTo(servers);
    }

    @Test
    @DisplayName("user and password are decoded, and not shown")
    void login() {
        KafkaUrl url = KafkaUrl.parse(URI.create("kafka://us%40er:pa+ss%3Aword@a:1,b:2"));

        assertThat(url.login()).isEqualTo(new Login("us@er", "pa+ss:word"));
        assertThat(url.toString() + url.login()).doesNotContain("word");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kafka:canary",
                "kafka:///canary",
                "kafka://a:1/canary",
                "kafka://canary@a:1",
                "kafka://a:1,,b:2",
                "kafka://a:canary"
            })
    @DisplayName("a URL that makes no sense is refused without showing it")
    void refused(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KafkaUrl.parse(URI.create(url)))
                .withMessageContaining("kafka://")
                .withMessageNotContaining("canary");
    }
}
