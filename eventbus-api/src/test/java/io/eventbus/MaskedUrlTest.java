package io.eventbus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a URL is shown. */
class MaskedUrlTest {

    @ParameterizedTest
    @CsvSource({
        "memory:name, memory:name",
        "amqp://host:5672/vhost, amqp://host:5672/vhost",
        "amqp://user:secret@host, amqp://***@host",
        "amqp://secret@host, amqp://***@host",
        "amqp://user:se@cret@host, amqp://***@host",
        "amqp://user:se/cret@host, amqp://***@host",
        "amqp://user:12/secret@host, amqp://***@host",
        "unix://user:secret@/path/of/the.sock, unix://***@/path/of/the.sock",
        "'kafka://user:secret@one:9092,two:9092', 'kafka://***@one:9092,two:9092'",
        "amqp://user:se?cret@host, amqp://***@host",
        "amqp://user:se#cret@host, amqp://***@host",
        "amqp:user:secret@host, amqp:***@host",
        "user:secret@host, user:***@host",
        "secret@host, ***@host",
        "//user:secret@host, //***@host",
        "amqp://host?password=secret, amqp://host",
        "amqp://host#secret, amqp://host",
        "amqp://user:secret@host?password=secret, amqp://***@host"
    })
    @DisplayName("nothing that may be secret is")
    void masks(String url, String shown) {
        assertThat(MaskedUrl.of(url)).isEqualTo(shown);
    }
}
