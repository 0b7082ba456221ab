package io.eventbus.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.ConnectionFactory;
import io.eventbus.spi.DeadLetterCursor;
import io.eventbus.spi.Destination;
import io.eventbus.spi.TransportException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How a page of dead letters waits for the client's own thread; what a pass sees is in {@link RabbitAdminTest}. */
class RabbitDeadLetterCursorTest {

    private static final String QUEUE_TYPE = "quorum";

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
        try (DeadLetterCursor cursor = cursor(2)) {
            assertThat(cursor.next(1)).hasSize(1);
        }
    }

    @Test
    @DisplayName(
            "what the broker has sent for a page, and the client does not hand over, is an error, and not the end of the letters")
    void noCallback() throws Exception {
        try (RabbitDeadLetterCursor cursor = cursor(3_600)) {
            assertThatThrownBy(() -> cursor.consume(1))
                    .hasMessageContaining("cannot read queue " + queue())
                    .hasMessageContaining("10 s")
                    .extracting(e -> ((TransportException) e).kind())
                    .isEqualTo(TransportException.Kind.TIMEOUT);
        }
    }

    @Test
    @DisplayName("who is interrupted while a page is read is told so, and stays interrupted")
    void interrupted() throws Exception {
        try (RabbitDeadLetterCursor cursor = cursor(0)) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> cursor.consume(1)).hasMessageContaining("interrupted");
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    /** With a client that hands over so many seconds late. */
    private RabbitDeadLetterCursor cursor(long secondsLate) throws Exception {
        ExecutorService callbacks = after(secondsLate);
        AutoCloseable end = callbacks::shutdownNow;
        fixture.closing(end);
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(Fixture.brokerUrl());
        AmqpErrors errors = new AmqpErrors(BrokerUrl.parse(Fixture.brokerUrl()));
        return new RabbitDeadLetterCursor(
                factory.newConnection(callbacks), queue(), new RabbitTopology(QUEUE_TYPE), errors);
    }

    private String queue() {
        return RabbitNames.deadLetterQueue(fixture.group);
    }

    /** Runs what it is given so many seconds later. */
    private static ExecutorService after(long seconds) {
        return new ScheduledThreadPoolExecutor(1) {
            @Override
            public void execute(Runnable callback) {
                schedule(callback, seconds, TimeUnit.SECONDS);
            }
        };
    }
}
