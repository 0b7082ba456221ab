package io.eventbus.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import io.eventbus.spi.Delivery;
import io.eventbus.spi.Receiver;
import io.eventbus.tck.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LargeMessageTest {

    /** What the client takes unless it is told otherwise. */
    private static final int LIMIT_OF_CLIENT = 64 * 1024 * 1024;

    private static final Await AWAIT = Await.atMost(Duration.ofMinutes(1));

    private Fixture fixture;

    @BeforeEach
    void open() throws Exception {
        fixture = new Fixture(RabbitTransportProvider.CLASSIC);
    }

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    @Test
    @DisplayName("a foreign message that only the broker's own limit allows is handed over, and the session goes on")
    void aboveLimitOfClient() throws Exception {
        Receiver receiver = fixture.receiver();
        try (Channel channel = fixture.channel()) {
            channel.basicPublish(fixture.topic, "some.key", null, new byte[LIMIT_OF_CLIENT + 1]);
        }
        List<Delivery> deliveries = new ArrayList<>();
        AWAIT.until("the message", () -> deliveries.addAll(receiver.poll(1, Duration.ofSeconds(1))));

        assertThat(deliveries.get(0).message().body().length).isEqualTo(LIMIT_OF_CLIENT + 1);
        deliveries.get(0).accept();
        assertThat(receiver.poll(1, Duration.ofMillis(100))).isEmpty();
    }
}
