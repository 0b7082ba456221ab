package io.eventbus.redis;

import static io.eventbus.redis.Fixture.await;
import static io.eventbus.redis.Fixture.ids;
import static io.eventbus.redis.Fixture.message;
import static io.eventbus.redis.Fixture.numbered;
import static io.eventbus.redis.Fixture.receive;
import static io.eventbus.redis.RedisSenderTest.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.spi.Delivery;
import io.eventbus.spi.Destination;
import io.eventbus.spi.Group;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.Sender;
import io.eventbus.spi.TransportException;
import io.eventbus.spi.TransportException.Kind;
import io.eventbus.spi.TransportException.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TrimmingTest {

    private Fixture fixture;

    @BeforeEach
    void open() {
        fixture = new Fixture(Map.of("redis.max-length", "10"));
    }

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    @Test
    @DisplayName("by default nothing is ever removed")
    void off() throws Exception {
        Fixture unbounded = new Fixture();
        Receiver receiver = unbounded.receiver();
        unbounded.send(1, 100);
        receive(receiver, 100).forEach(Delivery::accept);
        unbounded.send(101, 101);

        assertThat(unbounded.cli("XLEN", unbounded.key)).isEqualTo("101");
        unbounded.close();
    }

    @Test
    @DisplayName("what every group has settled makes room, again and again")
    void settledMakesRoom() throws Exception {
        Receiver receiver = fixture.receiver();
        Receiver other = fixture.receiver(Fixture.spec(new Group(fixture.topic, "other"), "m", false));
        for (int round = 0; round < 5; round++) {
            fixture.send(round * 10 + 1, round * 10 + 10);
            for (Receiver each : List.of(receiver, other)) {
                List<Delivery> got = receive(each, 10);
                assertThat(ids(got)).isEqualTo(numbered(round * 10 + 1, round * 10 + 10));
                got.forEach(Delivery::accept);
                each.poll(0, Duration.ZERO);
            }
        }

        assertThat(fixture.cli("XLEN", fixture.key)).isEqualTo("10");
    }

    @Test
    @DisplayName("what a group has not settled is never removed: what does not fit is refused, and fits when it has")
    void unsettledStays() throws Exception {
        Receiver receiver = fixture.receiver();
        fixture.receiver(Fixture.spec(new Group(fixture.topic, "fast"), "m", false))
                .poll(0, Duration.ZERO);
        Sender sender = fixture.sender();
        List<CompletionStage<Void>> sent = IntStream.rangeClosed(1, 12)
                .mapToObj(number -> sender.send(new Destination.Topic(fixture.topic), message(number)))
                .toList();
        sender.flush();
        for (CompletionStage<Void> accepted : sent.subList(0, 10)) {
            await(accepted);
        }
        TransportException failure = failure(sent.get(10));
        assertThat(failure.kind()).isEqualTo(Kind.FULL);
        assertThat(failure.outcome()).isEqualTo(Outcome.NOT_ACCEPTED);
        assertThat(failure).hasMessageContaining("10").hasMessageContaining("redis.max-length");

        List<Delivery> got = receive(receiver, 10);
        got.subList(0, 3).forEach(Delivery::accept);
        got.get(5).accept();
        receiver.poll(0, Duration.ZERO);
        receive(fixture.receiver(Fixture.spec(new Group(fixture.topic, "fast"), "m2", false)), 10)
                .forEach(Delivery::accept);
        fixture.cli("XGROUP", "DESTROY", fixture.key, "fast");
        fixture.send(13, 15);
        got.subList(3, 10).forEach(Delivery::release);
        receiver.poll(0, Duration.ZERO);

        assertThat(ids(receive(receiver, 9)))
                .containsExactly("id-4", "id-5", "id-7", "id-8", "id-9", "id-10", "id-13", "id-14", "id-15");
    }

    @Test
    @DisplayName("a topic without groups keeps the newest")
    void withoutGroups() throws Exception {
        fixture.send(1, 25); // one burst
        fixture.send(26, 30);

        assertThat(fixture.cli("XLEN", fixture.key)).isEqualTo("10");
        assertThat(fixture.cli("XREVRANGE", fixture.key, "+", "-", "COUNT", "1"))
                .contains("id-30");
    }

    @Test
    @DisplayName("dead letters are not bounded")
    void deadLetters() throws Exception {
        fixture.receiver();
        fixture.send(new Destination.DeadLetters(fixture.group), 1, 30);

        assertThat(fixture.transport.admin().describe(fixture.group).deadLetters())
                .isEqualTo(30);
    }
}
