package io.eventbus.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.spi.TransportException;
import io.eventbus.spi.TransportException.Kind;
import io.eventbus.spi.TransportException.Outcome;
import java.net.URI;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.NotEnoughReplicasAfterAppendException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KafkaErrorsTest {

    private final KafkaErrors errors = new KafkaErrors(KafkaUrl.parse(URI.create("kafka://127.0.0.1:1")));

    static Stream<Exception> refusals() {
        return Stream.of(new RecordTooLargeException("too large"), new TopicAuthorizationException("no right"));
    }

    static Stream<Exception> ends() {
        return Stream.of(
                new TimeoutException("no answer"),
                new NotEnoughReplicasAfterAppendException("written once"),
                new SaslAuthenticationException("the password has changed since"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    @DisplayName("what the broker refused was not accepted")
    void refused(Exception cause) {
        assertThat(notConfirmed(cause).outcome()).isEqualTo(Outcome.NOT_ACCEPTED);
    }

    @ParameterizedTest
    @MethodSource("ends")
    @DisplayName("of what the client gave up on, nobody knows whether it was accepted")
    void givenUp(Exception cause) {
        assertThat(notConfirmed(cause).outcome()).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    @DisplayName("brokers that are starting, and too few for a topic's copies as yet, may be enough later")
    void startingBrokers() {
        Exception cause = new InvalidReplicationFactorException("all brokers are currently fenced");

        assertThat(errors.lost("making the topic failed", Outcome.NOT_ACCEPTED, cause)
                        .kind())
                .isEqualTo(Kind.UNAVAILABLE);
    }

    private TransportException notConfirmed(Exception cause) {
        return errors.notConfirmed("sending failed", cause);
    }
}
