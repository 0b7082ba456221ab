package io.eventbus.rabbitmq;

import static io.eventbus.rabbitmq.Fixture.PATIENCE;
import static io.eventbus.rabbitmq.Fixture.brokerUrl;

import io.eventbus.tck.Await;
import io.eventbus.tck.net.TcpProxy;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What is left when sessions have ended. */
@Isolated("counts the threads of the whole JVM")
class RabbitResidueTest {

    private TcpProxy proxy;
    private Fixture fixture;

    @BeforeEach
    void open() throws Exception {
        URI broker = brokerUrl();
        proxy = TcpProxy.start(broker.getHost(), broker.getPort());
        fixture = new Fixture(Map.of(), brokerUrl(broker.getRawUserInfo(), proxy.host(), proxy.port()));
    }

    @AfterEach
    void close() throws Exception {
        fixture.close();
        proxy.close();
    }

    @Test
    @DisplayName("sessions leave neither connections nor threads behind")
    void nothingLeft() {
        long before = clientThreads();
        for (int round = 0; round < 10; round++) {
            fixture.receiver().close();
            fixture.sender().close();
            fixture.transport.admin().ping();
        }

        Await await = Await.atMost(PATIENCE);
        await.until("no connections", () -> proxy.traffic().live() == 0);
        await.until("no threads of the client", () -> clientThreads() <= before);
    }

    private static long clientThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("(AMQP|RabbitMQ|pool-|ConsumerWork).*"))
                .count();
    }
}
