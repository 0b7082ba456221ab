package io.eventbus.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.ShutdownSignalException;
import io.eventbus.spi.TransportException;
import io.eventbus.spi.TransportException.Kind;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmqpErrorsTest {

    private final AmqpErrors errors = new AmqpErrors(BrokerUrl.parse(URI.create("amqp://127.0.0.1:1")));

    @ParameterizedTest
    @CsvSource({
        "403, DENIED", // no right
        "406, CONFLICT", // a queue of that name is different
        "405, UNAVAILABLE", // another connection still holds the queue
        "320, UNAVAILABLE", // the broker shuts down
        "541, UNAVAILABLE", // the broker could not make the queue, since it was busy for instance
        "503, INTERNAL" // it did not understand
    })
    @DisplayName("what the broker closes a connection with tells whether another session may find it otherwise")
    void kind(int replyCode, Kind kind) {
        AMQP.Connection.Close close = new AMQP.Connection.Close.Builder()
                .replyCode(replyCode)
                .replyText("the broker's words")
                .build();
        IOException cause = new IOException(new ShutdownSignalException(true, false, close, this));
        TransportException failure = errors.failed("cannot join", cause);

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure).hasMessageContaining("the broker's words");
    }
}
