package io.eventbus.redis;

import static io.eventbus.redis.Fixture.ids;
import static io.eventbus.redis.Fixture.numbered;
import static io.eventbus.redis.Fixture.pollFor;
import static io.eventbus.redis.Fixture.receive;
import static io.eventbus.redis.Fixture.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.eventbus.brokers.RedisBroker;
import io.eventbus.spi.Delivery;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.Transport;
import io.eventbus.spi.TransportException;
import io.eventbus.spi.TransportException.Kind;
import java.time.Duration;
import java.util.List;
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

    /** Of a fifth of a second each: less than half of what a read waits at Redis. */
    private static final int FEW_POLLS = 10;

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
        TransportException failure = catchThrowableOfType(TransportException.class, () -> {
            for (int polls = 0; polls < FEW_POLLS; polls++) {
                receiver.poll(1, Duration.ofMillis(200));
            }
        });

        assertThat(failure).as("the end of the session").isNotNull();
        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure).hasMessageContaining("deleted");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    @DisplayName(
            "a member whose node becomes a replica, in a failover, loses its session with the reason, with and without room; "
                    + "the next one goes on where there is a master")
    void failover(int room) throws Exception {
        Receiver receiver = fixture.receiver();
        fixture.send(1, 2);
        receive(receiver, 1).forEach(Delivery::accept);
        receiver.poll(0, Duration.ofMillis(10));
        broker.cli("REPLICAOF", "127.0.0.1", "1");
        TransportException failure = pollUntilItThrows(receiver, room);
        receiver.close();
        broker.cli("REPLICAOF", "NO", "ONE");

        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(ids(receive(fixture.receiver(), 1))).isEqualTo(numbered(2, 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"XGROUP DESTROY $key g", "DEL $key"})
    @DisplayName("a member without room that holds nothing notices too")
    void deletedWithoutRoom(String command) {
        Receiver receiver = fixture.receiver();
        receiver.poll(0, Duration.ofMillis(10));
        delete(command);
        TransportException failure = pollUntilItThrows(receiver, 0);

        assertThat(failure).hasMessageContaining("deleted");
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
    @DisplayName(
            "what was held when the group was destroyed comes again in the next session, in order, and nothing that was settled")
    void heldSurvives() throws Exception {
        Receiver receiver = fixture.receiver();
        fixture.send(1, 6);
        List<Delivery> held = receive(receiver, 6);
        List.of(0, 2, 4).forEach(index -> held.get(index).accept());
        receiver.poll(0, Duration.ofMillis(10));
        delete("XGROUP DESTROY $key g");
        fixture.send(7, 7);
        pollUntilItThrows(receiver);
        receiver.close();
        Receiver next = fixture.receiver();

        assertThat(ids(receive(next, 4))).containsExactly("id-2", "id-4", "id-6", "id-7");
        assertThat(pollFor(next, 1, Duration.ofSeconds(1))).isEmpty();
    }

    @Test
    @DisplayName("each member restores what it held, whoever makes the group again")
    void membersRestoreTheirOwn() throws Exception {
        Transport other = fixture.closing(Fixture.transport(broker.url(), Map.of(), Fixture.PATIENCE));
        Receiver first = fixture.receiver("first");
        Receiver second = fixture.receiver(other, spec(fixture.group, "second", false));
        List.of(first, second).forEach(member -> member.poll(1, Duration.ofMillis(10))); // they wait in this order
        fixture.send(1, 1);
        fixture.send(2, 2);
        assertThat(ids(receive(second, 1))).containsExactly("id-2");
        assertThat(ids(receive(first, 1))).containsExactly("id-1");
        delete("XGROUP DESTROY $key g");
        pollUntilItThrows(first);
        pollUntilItThrows(second);
        first.close();
        second.close();
        Receiver secondAgain = fixture.receiver(other, spec(fixture.group, "second", false));

        assertThat(ids(receive(secondAgain, 1))).containsExactly("id-2");
        assertThat(ids(receive(fixture.receiver("first"), 1))).containsExactly("id-1");
    }

    @Test
    @DisplayName(
            "a group that somebody else has made again before the member looked ends its session, and takes nothing with it")
    void madeAgainByOthers() throws Exception {
        Receiver receiver = fixture.receiver();
        fixture.send(1, 3);
        receive(receiver, 3).get(1).accept();
        receiver.poll(0, Duration.ofMillis(10));
        fixture.cli("EVAL", """
                redis.call('XGROUP', 'DESTROY', KEYS[1], 'g')
                return redis.call('XGROUP', 'CREATE', KEYS[1], 'g', '$')
                """, "1", fixture.key);
        TransportException failure = pollUntilItThrows(receiver);
        receiver.close();

        assertThat(failure).hasMessageContaining("made again");
        assertThat(ids(receive(fixture.receiver(), 2))).containsExactly("id-1", "id-3");
    }

    @Test
    @DisplayName("what was deleted from the stream while it was held is not restored")
    void deletedEntriesStayDeleted() throws Exception {
        Receiver receiver = fixture.receiver();
        fixture.send(1, 2);
        receive(receiver, 2);
        String first = fixture.cli("XRANGE", fixture.key, "-", "+", "COUNT", "1")
                .lines()
                .findFirst()
                .orElseThrow();
        delete("XDEL $key " + first);
        delete("XGROUP DESTROY $key g");
        pollUntilItThrows(receiver);
        receiver.close();

        assertThat(ids(receive(fixture.receiver(), 1))).containsExactly("id-2");
    }

    @Test
    @DisplayName("a stream that is made again is read from its beginning, also when its ids are lower than before")
    void streamBeginsAgain() throws Exception {
        Receiver receiver = fixture.receiver();
        fixture.send(1, 3);
        receive(receiver, 2).forEach(Delivery::accept);
        receiver.poll(0, Duration.ofMillis(10));
        delete("DEL $key");
        delete("XADD $key 1-1 ce_id low ce_type Placed data x");
        fixture.send(4, 4);
        pollUntilItThrows(receiver);
        receiver.close();

        assertThat(ids(receive(fixture.receiver(), 2))).containsExactly("low", "id-4");
    }

    @Test
    @DisplayName("an ephemeral subscription reads a stream that is made again from its beginning, also with lower ids")
    void ephemeralBeginsAgain() throws Exception {
        Receiver receiver = fixture.receiver(spec(fixture.group, "m", true));
        fixture.send(1, 1);
        receive(receiver, 1);
        delete("DEL $key");
        delete("XADD $key 1-1 ce_id low ce_type Placed data x");

        assertThat(ids(receive(receiver, 1))).containsExactly("low");
        fixture.send(2, 2);
        assertThat(ids(receive(receiver, 1))).containsExactly("id-2");
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

    static TransportException pollUntilItThrows(Receiver receiver) {
        return pollUntilItThrows(receiver, 1);
    }

    static TransportException pollUntilItThrows(Receiver receiver, int room) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        return catchThrowableOfType(TransportException.class, () -> {
            while (System.nanoTime() < deadline) {
                receiver.poll(room, Duration.ofMillis(200));
            }
        });
    }
}
