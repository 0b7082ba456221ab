package io.eventbus.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventbus.spi.DeadLetterCursor;
import io.eventbus.spi.Destination;
import io.eventbus.spi.TransportException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How a page of dead letters waits for the client's own thread; what a pass sees is in {@link RabbitAdminTest}. */
class RabbitDeadLetterCursorTest {

    private static final String QUEUE_TYPE = RabbitTransportProvider.CLASSIC;

    private Fixture fixture;

    @BeforeEach
    void bury() throws Exception {
        fixture = new Fixture(QUEUE_TYPE);
        fixture.receiver().close();
        fixture.send(new Destination.DeadLetters(fixture.group), 1, 1);
    }

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    @Test
    @DisplayName("what the broker has sent for a page is read, however late the client's own thread hands it over")
    void lateCallback() throws Exception {
        try (DeadLetterCursor cursor = cursor(Duration.ofSeconds(2))) {
            assertThat(cursor.next(1)).hasSize(1);
        }
    }

    @Test
    @DisplayName(
            "what the broker has sent for a page, and the client does not hand over, is an error, and not the end of the letters")
    void noCallback() throws Exception {
        try (DeadLetterCursor cursor = cursor(Duration.ofHours(1))) {
            assertThatThrownBy(() -> cursor.next(1))
                    .hasMessageContaining("cannot read queue " + queue())
                    .hasMessageContaining("10 s")
                    .extracting(e -> ((TransportException) e).kind())
                    .isEqualTo(TransportException.Kind.TIMEOUT);
        }
    }

    @Test
    @DisplayName("who is interrupted while a page is read is told so, and stays interrupted")
    void interrupted() throws Exception {
        try (DeadLetterCursor cursor = cursor(Duration.ZERO)) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> cursor.next(1)).hasMessageContaining("interrupted");
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    /** With a client that hands over so late. */
    private DeadLetterCursor cursor(Duration late) throws Exception {
        return new RabbitDeadLetterCursor(
                fixture.lateConnection(late), queue(), new RabbitTopology(QUEUE_TYPE), Fixture.errors());
    }

    private String queue() {
        return RabbitNames.deadLetterQueue(fixture.group);
    }
}
