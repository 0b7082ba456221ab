package io.eventbus.rabbitmq;

import static io.eventbus.rabbitmq.Fixture.ids;
import static io.eventbus.rabbitmq.Fixture.numbered;
import static io.eventbus.rabbitmq.Fixture.receive;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import io.eventbus.spi.Delivery;
import io.eventbus.spi.Receiver;
import io.eventbus.tck.Await;
import io.eventbus.tck.QuietWindow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** When others get what a draining receiver had and no handler has begun, which depends on the type of the queue. */
class HandOverTest {

    /** Much longer than the broker takes to answer. */
    private static final Duration LATE = Duration.ofSeconds(3);

    /** Longer than a quorum queue takes to have given something back, on a busy machine too. */
    private static final Duration QUIET = Duration.ofMillis(1_500);

    private static final Await AWAIT = Await.atMost(Fixture.PATIENCE);

    private Fixture fixture;
    private Receiver leaving;
    private List<Delivery> running;
    private Receiver staying;

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    @Test
    @DisplayName("a classic queue gives what a draining receiver had to others before that is closed")
    void classic() throws Exception {
        drainWhileTwoRun(RabbitTransportProvider.CLASSIC);
        staying = fixture.receiver();
        leaving.poll(0, Duration.ZERO);

        assertThat(ids(receive(staying, 3))).isEqualTo(numbered(3, 5));
        running.forEach(Delivery::accept);
        leaving.poll(0, Duration.ZERO);
    }

    @Test
    @DisplayName("a classic queue gives what was handed over and not begun to others ahead of what was not handed over")
    void inOrder() throws Exception {
        drainWhileTwoRun(RabbitTransportProvider.CLASSIC);
        staying = fixture.receiver();
        List<Delivery> received = new ArrayList<>(staying.poll(5, Duration.ZERO));
        running.forEach(Delivery::release);
        leaving.poll(0, Duration.ZERO);

        received.addAll(receive(staying, 5 - received.size()));
        assertThat(ids(received)).isEqualTo(numbered(1, 5));
    }

    @Test
    @DisplayName("a classic queue also gives to others what the client had not handed over yet")
    void lateClassic() throws Exception {
        fixture = new Fixture(RabbitTransportProvider.CLASSIC);
        leaving = fixture.receiver(RabbitTransportProvider.CLASSIC, LATE);
        fixture.send(1, 1);
        receive(leaving, 1);
        fixture.send(2, 5);
        awaitAllPushed();

        leaving.drain();
        leaving.poll(0, Duration.ZERO);

        staying = fixture.receiver();
        assertThat(ids(receive(staying, 4))).isEqualTo(numbered(2, 5));
    }

    @Test
    @DisplayName("a quorum queue gives what a draining receiver had to others once it is closed")
    void quorum() throws Exception {
        drainWhileTwoRun(RabbitTransportProvider.QUORUM);
        running.forEach(Delivery::accept);
        leaving.poll(0, Duration.ZERO);

        try (Channel channel = fixture.channel()) {
            new QuietWindow(QUIET).holds("nothing is given back", () -> ready(channel) == 0);
        }
        staying = fixture.receiver();
        leaving.close();
        assertThat(ids(receive(staying, 3))).isEqualTo(numbered(3, 5));
    }

    private void drainWhileTwoRun(String queueType) throws Exception {
        fixture = new Fixture(queueType);
        leaving = fixture.receiver();
        fixture.send(1, 5);
        running = receive(leaving, 2);
        awaitAllPushed();
        leaving.drain();
    }

    private void awaitAllPushed() throws Exception {
        try (Channel channel = fixture.channel()) {
            AWAIT.until("the broker has pushed all", () -> ready(channel) == 0);
        }
    }

    private long ready(Channel channel) {
        try {
            return channel.messageCount(RabbitNames.queue(fixture.group));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
