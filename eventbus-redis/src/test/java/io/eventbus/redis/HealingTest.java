package io.eventbus.redis;

import static io.eventbus.redis.Fixture.ids;
import static io.eventbus.redis.Fixture.numbered;
import static io.eventbus.redis.Fixture.receive;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.eventbus.brokers.RedisBroker;
import io.eventbus.spi.Delivery;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.TransportException;
import io.eventbus.spi.TransportException.Kind;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a session when what it stands on is deleted, or Redis goes and comes. */
class HealingTest {

    private RedisBroker broker;
    private Fixture fixture;

    @BeforeEach
    void open() {
        broker = RedisBroker.launch();
        fixture = new Fixture(broker, broker.url(), Map.of());
    }

    @AfterEach
    void close() throws Exception {
        fixture.close();
        broker.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"FLUSHALL", "XGROUP DESTROY $key g", "DEL $key", "RENAME $key elsewhere"})
    @DisplayName("a stream or group that is deleted ends the session within seconds, with the reason")
    void deleted(String command) throws Exception {
        Receiver receiver = fixture.receiver();
        fixture.send(1, 1);
        receive(receiver, 1).forEach(Delivery::accept);
        receiver.poll(1, Duration.ofMillis(10));
        delete(command);
        long start = System.nanoTime();
        TransportException failure = pollUntilItThrows(receiver);

        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure).hasMessageContaining("deleted").hasMessageContaining(fixture.topic);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"FLUSHALL", "XGROUP DESTROY $key g", "DEL $key"})
    @DisplayName("the next session makes the group again where it stood, so that what was sent in between is not lost")
    void healed(String command) throws Exception {
        Receiver receiver = fixture.receiver();
        fixture.send(1, 3);
        receive(receiver, 3).forEach(Delivery::accept);
        receiver.poll(1, Duration.ofMillis(10));
        delete(command);
        fixture.send(4, 6);
        pollUntilItThrows(receiver);
        receiver.close();
        fixture.send(7, 8);

        assertThat(ids(receive(fixture.receiver(), 5))).isEqualTo(numbered(4, 8));
    }

    @Test
    @DisplayName("a Redis that is killed ends the session; after its restart all is there")
    void restarted() throws Exception {
        Receiver receiver = fixture.receiver();
        fixture.send(1, 4);
        receive(receiver, 2).get(0).accept();
        receiver.poll(0, Duration.ZERO);
        broker.kill();
        TransportException failure = pollUntilItThrows(receiver);
        receiver.close();
        broker.start();

        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(ids(receive(fixture.receiver(), 3))).isEqualTo(numbered(2, 4));
    }

    private void delete(String command) {
        fixture.cli(command.replace("$key", fixture.key).split(" "));
    }

    private static TransportException pollUntilItThrows(Receiver receiver) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        return catchThrowableOfType(TransportException.class, () -> {
            while (System.nanoTime() < deadline) {
                receiver.poll(1, Duration.ofMillis(200));
            }
        });
    }
}
