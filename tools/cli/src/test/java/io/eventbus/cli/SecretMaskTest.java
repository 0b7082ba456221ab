package io.eventbus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretMaskTest {

    @ParameterizedTest
    @DisplayName("user, password and query of a URL are not printed")
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "amqp://host:5672/v, amqp://host:5672/v",
                "amqp://user:secret@host, amqp://***@host",
                "amqp://user:sec@ret@host, amqp://***@host",
                "amqp://user:sec/ret@host/v, amqp://***@host/v",
                "amqp://host?rabbitmq.password=secret, amqp://host",
                "user:secret@host:1, ***@host:1",
                "cannot read the file redis:/user:secret@host, cannot read the file ***@host",
                "mail to ann@host: 3, mail to ann@host: 3",
                "memory:demo, memory:demo",
                "memory:demo?x=secret, memory:demo",
                "Unmatched argument: 'amqp://u:secret@h?a=secret', Unmatched argument: 'amqp://***@h'",
            })
    void masks(String text, String masked) {
        assertThat(SecretMask.mask(text)).isEqualTo(masked);
    }
}
