package io.eventbus.rabbitmq;

import static io.eventbus.rabbitmq.Fixture.ids;
import static io.eventbus.rabbitmq.Fixture.numbered;
import static io.eventbus.rabbitmq.Fixture.receive;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.spi.Delivery;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.Transport;
import io.eventbus.tck.net.TcpProxy;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How a session begins on a queue that has a consumer. */
class EntranceTest {

    private static final Duration DELAY = Duration.ofMillis(150);

    /** Each takes two delays: together more than the three seconds that a session waits where answers are quick. */
    private static final int POLLS = 12;

    private Fixture fixture;
    private TcpProxy proxy;

    @BeforeEach
    void open() throws Exception {
        fixture = new Fixture(RabbitTransportProvider.QUORUM);
        URI broker = Fixture.brokerUrl();
        proxy = fixture.closing(TcpProxy.start(broker.getHost(), broker.getPort()));
    }

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    @Test
    @DisplayName("a session waits longer for the end of the one before where the broker answers late")
    void lateAnswers() throws Exception {
        Receiver before = fixture.receiver(fixture.group, 2);
        fixture.send(1, 2);
        receive(before, 2);
        fixture.send(3, 5);
        Receiver next = lateReceiver();

        List<Delivery> early = new ArrayList<>();
        for (int i = 0; i < POLLS; i++) {
            early.addAll(next.poll(10, Duration.ofMillis(100)));
        }
        assertThat(early).isEmpty();
        before.close();
        assertThat(ids(receive(next, 5))).isEqualTo(numbered(1, 5));
    }

    private Receiver lateReceiver() {
        String login = Fixture.brokerUrl().getRawUserInfo();
        Transport transport = fixture.closing(
                Fixture.transport(Fixture.brokerUrl(login, proxy.host(), proxy.port()), Map.of(), Fixture.PATIENCE));
        proxy.delay(DELAY);
        return fixture.receiver(transport);
    }
}
