package io.eventbus.redis;

import static io.eventbus.redis.Fixture.ids;
import static io.eventbus.redis.Fixture.numbered;
import static io.eventbus.redis.Fixture.receive;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.eventbus.brokers.RedisBroker;
import io.eventbus.spi.DeadLetterCursor;
import io.eventbus.spi.Delivery;
import io.eventbus.spi.Destination;
import io.eventbus.spi.Group;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.TransportException;
import io.eventbus.spi.TransportException.Kind;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Redis as it may be set up: a cluster, a socket of this machine, TLS, another database, users with few rights. */
class DeploymentTest {

    @TempDir
    Path directory;

    @Test
    @DisplayName("a cluster of one node carries everything, with all keys of a topic at one place")
    void cluster() throws Exception {
        try (RedisBroker broker = RedisBroker.launchCluster()) {
            carriesEverything(new Fixture(broker, broker.url(), Map.of()));
        }
    }

    @Test
    @DisplayName("a socket of this machine carries everything")
    void unixSocket() throws Exception {
        Path socket = directory.resolve("redis.sock");
        try (RedisBroker broker = RedisBroker.launch("--unixsocket", socket.toString())) {
            carriesEverything(new Fixture(broker, URI.create("unix:" + socket), Map.of()));
            carriesEverything(new Fixture(broker, URI.create("unix:" + socket), Map.of("redis.database", "3")));

            assertThat(broker.cli("CONFIG", "GET", "unixsocket")).contains(socket.toString());
        }
    }

    @Test
    @DisplayName("the database of the URL is used, and no other")
    void database() throws Exception {
        RedisBroker broker = Fixture.own();
        Fixture fixture = new Fixture(broker, URI.create(broker.url() + "/2"), Map.of());
        fixture.send(1, 1);

        assertThat(broker.cli("-n", "2", "XLEN", fixture.key)).startsWith("1");
        assertThat(broker.cli("XLEN", fixture.key)).startsWith("0");
        broker.cli("-n", "2", "DEL", fixture.key);
        fixture.close();
    }

    @Test
    @DisplayName("TLS carries everything from a server that the JVM trusts, by its name, and nothing else")
    void tls() throws Exception {
        SSLContext original = SSLContext.getDefault();
        Certificate certificate = Certificate.create(directory);
        int port = Certificate.freePort();
        try (RedisBroker broker = RedisBroker.launch(certificate.redisArguments(port))) {
            assertDenied(broker, "localhost", port);
            SSLContext.setDefault(certificate.trust());
            assertDenied(broker, "127.0.0.1", port);
            carriesEverything(new Fixture(broker, tlsUrl("localhost", port), Map.of()));
        } finally {
            SSLContext.setDefault(original);
        }
    }

    @Test
    @DisplayName("a user with the documented rights to the keys of one topic can do everything with it")
    void fewRights() throws Exception {
        RedisBroker broker = Fixture.own();
        try (RestrictedUser user = RestrictedUser.create(broker, RestrictedUser.COMMANDS, "~eventbus:{t-*")) {
            carriesEverything(new Fixture(broker, user.url(), Map.of()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"~other:*", "~eventbus:{other}*"})
    @DisplayName("a user without the rights to the topic's keys is denied, with the reason")
    void noRights(String keys) throws Exception {
        RedisBroker broker = Fixture.own();
        try (RestrictedUser user = RestrictedUser.create(broker, RestrictedUser.COMMANDS, keys)) {
            Fixture fixture = new Fixture(broker, user.url(), Map.of());
            TransportException join = catchThrowableOfType(TransportException.class, fixture::receiver);
            TransportException send = RedisSenderTest.failure(
                    fixture.sender().send(new Destination.Topic(fixture.topic), Fixture.message(1)));
            fixture.close();

            assertThat(List.of(join.kind(), send.kind())).containsOnly(Kind.DENIED);
            assertThat(join).hasMessageContaining("NOPERM").hasMessageContaining(fixture.topic);
            assertThat(join.getMessage() + send.getMessage()).doesNotContain(user.password());
        }
    }

    /** Publishing, a member that is taken over from, its own return, inbox, dead letters, and what people ask. */
    static void carriesEverything(Fixture fixture) throws Exception {
        Receiver first = fixture.receiver("first");
        fixture.send(1, 20);
        List<Delivery> deliveries = receive(first, 10);
        deliveries.subList(0, 5).forEach(Delivery::accept);
        first.drain();
        first.close();
        fixture.send(new Destination.Inbox(fixture.group), 21, 21);
        Receiver second = fixture.receiver("second");
        assertThat(ids(receive(second, 16))).isEqualTo(numbered(6, 21));
        Receiver again = fixture.receiver("second");
        List<Delivery> taken = receive(again, 16);
        assertThat(taken).extracting(Delivery::deliveryCount).containsOnly(2);
        taken.forEach(Delivery::accept);
        again.poll(0, java.time.Duration.ZERO);
        assertThat(fixture.transport.admin().describe(fixture.group).backlog()).isZero();
        fixture.send(new Destination.DeadLetters(fixture.group), 1, 3);
        try (DeadLetterCursor cursor = fixture.transport.admin().openDeadLetters(fixture.group)) {
            cursor.remove(cursor.next(1).get(0));
        }
        assertThat(fixture.transport.admin().purgeDeadLetters(fixture.group)).isEqualTo(2);
        Receiver ephemeral = fixture.receiver(Fixture.spec(new Group(fixture.topic, "e"), "m", true));
        fixture.send(22, 22);
        assertThat(ids(receive(ephemeral, 1))).isEqualTo(numbered(22, 22));
        fixture.close();
    }

    private static void assertDenied(RedisBroker broker, String host, int port) {
        Fixture fixture = new Fixture(broker, tlsUrl(host, port), Map.of());
        TransportException failure = catchThrowableOfType(
                TransportException.class, () -> fixture.transport.admin().ping());

        assertThat(failure.kind()).isEqualTo(Kind.DENIED);
        assertThat(failure).hasMessageContaining(host + ":" + port);
    }

    private static URI tlsUrl(String host, int port) {
        return URI.create("rediss://" + host + ":" + port);
    }
}
