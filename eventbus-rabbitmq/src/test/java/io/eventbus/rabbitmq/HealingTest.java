package io.eventbus.rabbitmq;

import static io.eventbus.rabbitmq.Fixture.message;
import static io.eventbus.rabbitmq.RabbitSenderTest.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import io.eventbus.spi.Destination;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.Sender;
import io.eventbus.spi.TransportException;
import io.eventbus.spi.TransportException.Kind;
import io.eventbus.tck.Await;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What becomes of a group whose dead letters have no place at the broker any more. */
class HealingTest {

    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Await AWAIT = Await.atMost(Fixture.PATIENCE);

    private Fixture fixture;
    private Destination deadLetters;
    private Receiver receiver;

    @BeforeEach
    void open() throws Exception {
        fixture = new Fixture("quorum");
        deadLetters = new Destination.DeadLetters(fixture.group);
        receiver = fixture.receiver();
    }

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    @Test
    @DisplayName("a queue for dead letters that is deleted ends the session, and the next one makes it again")
    void queueDeleted() throws Exception {
        assertMadeAgainAfter(channel -> channel.queueDelete(RabbitNames.deadLetterQueue(fixture.group)));
    }

    @Test
    @DisplayName("an exchange for dead letters that is deleted ends the session, and the next one makes it again")
    void exchangeDeleted() throws Exception {
        assertMadeAgainAfter(channel -> channel.exchangeDelete(RabbitNames.deadLetterExchange(fixture.topic)));
    }

    @Test
    @DisplayName("an exchange for dead letters that a sender has made again gets its bindings")
    void exchangeMadeAgain() throws Exception {
        delete(channel -> channel.exchangeDelete(RabbitNames.deadLetterExchange(fixture.topic)));
        Sender sender = fixture.sender();
        assertThat(failure(sender.send(deadLetters, message(1))).kind()).isEqualTo(Kind.REJECTED);

        AWAIT.until("a dead letter that is stored", () -> {
            receiver.poll(1, SHORT);
            return sender.send(deadLetters, message(2))
                    .handle((stored, failure) -> failure == null)
                    .toCompletableFuture()
                    .join();
        });
    }

    private void assertMadeAgainAfter(Deletion deletion) throws Exception {
        delete(deletion);
        AWAIT.until("the end of the session", this::hasEnded);
        receiver.close();
        fixture.receiver();
        fixture.send(deadLetters, 1, 1);

        assertThat(fixture.transport.admin().describe(fixture.group).deadLetters())
                .isEqualTo(1);
    }

    private boolean hasEnded() {
        try {
            receiver.poll(1, SHORT);
            return false;
        } catch (TransportException e) {
            assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
            return true;
        }
    }

    private void delete(Deletion deletion) throws Exception {
        try (Channel channel = fixture.channel()) {
            deletion.on(channel);
        }
    }

    /** What an operator does by mistake. */
    private interface Deletion {
        void on(Channel channel) throws IOException;
    }
}
