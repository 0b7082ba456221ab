package io.eventbus.kafka;

import static io.eventbus.kafka.Fixture.ids;
import static io.eventbus.kafka.Fixture.numbered;
import static io.eventbus.kafka.Fixture.receive;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventbus.spi.Receiver;
import io.eventbus.spi.Sender;
import io.eventbus.spi.StartFrom;
import io.eventbus.spi.TransportException;
import io.eventbus.spi.TransportException.Kind;
import io.eventbus.tck.net.TcpProxy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of sessions when the broker cannot be reached, or does not want to know us. */
class KafkaConnectionTest {

    private static final Duration SHORT = Duration.ofSeconds(2);

    private final TestBroker broker = TestBroker.shared();
    private final TcpProxy proxy = broker.proxy();
    private final Fixture behind = new Fixture(Map.of(), broker.url(TestBroker.LOGIN, proxy.port()));

    @AfterEach
    void close() {
        behind.close();
        proxy.close();
    }

    @Test
    @DisplayName("a wrong password is refused, and not shown")
    void wrongPassword() {
        URI url = broker.url("eventbus:canary", broker.broker().port());
        try (KafkaTransport transport = Fixture.transport(url, Map.of(), Fixture.PATIENCE)) {
            assertFails(transport::openSender, Kind.DENIED);
            assertFails(() -> transport.admin().ping(), Kind.DENIED);
        }
    }

    @Test
    @DisplayName("a user whom the broker knows by SCRAM logs in with the password in the URL, and with no other")
    void scram() throws Exception {
        ScramCredentialInfo sha512 = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096);
        behind.admin()
                .alterUserScramCredentials(List.of(new UserScramCredentialUpsertion("ann", sha512, "open-sesame")))
                .all()
                .get();
        Map<String, String> options = Map.of("kafka.sasl.mechanism", "SCRAM-SHA-512");
        int port = broker.broker().port();
        try (KafkaTransport known = Fixture.transport(broker.url("ann:open-sesame", port), options, Fixture.PATIENCE);
                KafkaTransport other = Fixture.transport(broker.url("ann:canary", port), options, Fixture.PATIENCE)) {
            known.admin().ping();
            assertFails(() -> other.admin().ping(), Kind.DENIED);
        }
    }

    @Test
    @DisplayName("a broker that is not there, or that never answers, is told in time, whatever was to be opened")
    void unreachable() {
        proxy.silence();
        for (URI url : new URI[] {URI.create("kafka://127.0.0.1:1"), broker.url(TestBroker.LOGIN, proxy.port())}) {
            try (KafkaTransport transport = Fixture.transport(url, Map.of(), SHORT)) {
                long start = System.nanoTime();
                assertFails(transport::openSender, Kind.TIMEOUT);
                assertFails(
                        () -> transport.openReceiver(
                                Fixture.spec(behind.group, StartFrom.LATEST, false), (which, within) -> {}),
                        Kind.TIMEOUT);
                assertThat(Duration.ofNanos(System.nanoTime() - start))
                        .as("the time of two, and as much for a machine that stands still")
                        .isLessThan(SHORT.multipliedBy(4));
            }
        }
    }

    @Test
    @DisplayName("an unknown host is told at once")
    void unknownHost() {
        try (KafkaTransport transport =
                Fixture.transport(URI.create("kafka://no-such-host.invalid:9092"), Map.of(), SHORT)) {
            assertThatThrownBy(transport::openSender)
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("no-such-host.invalid");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName(
            "a cut that is over before the session's time is bridged: nothing is lost or repeated, and the member stays")
    void shortCut(boolean ephemeral) throws Exception {
        Map<String, String> options = Map.of("kafka.session-timeout", "15s");
        try (Fixture cut = new Fixture(options, broker.url(TestBroker.LOGIN, proxy.port()))) {
            Receiver receiver = cut.receiver(Fixture.spec(cut.group, StartFrom.LATEST, ephemeral));
            cut.send(1, 2);
            receive(receiver, 2).forEach(delivery -> delivery.accept());
            cut.pollUntilCommitted(receiver, 0); // a commit would wait for the end of the cut
            proxy.cut();
            receiver.poll(0, Duration.ofMillis(200));
            proxy.heal();
            cut.send(3, 4);

            assertThat(ids(receive(receiver, 2))).isEqualTo(numbered(3, 4));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("an idle receiver finds out that the broker is silent")
    void silentReceiver(boolean ephemeral) {
        Receiver receiver = behind.receiver(Fixture.spec(behind.group, StartFrom.LATEST, ephemeral));
        proxy.silence();

        assertFails(() -> receive(receiver, 1), Kind.UNAVAILABLE);
    }

    @Test
    @DisplayName("closing the transport cuts its sessions: a poll that waits returns")
    void closedTransport() {
        Receiver receiver = behind.receiver();
        Sender sender = behind.sender();
        Thread closer = new Thread(behind.transport::close);
        closer.start();

        assertFails(() -> receive(receiver, 1), Kind.UNAVAILABLE);
        assertFails(() -> flushUntilClosed(sender), Kind.UNAVAILABLE);
        assertFails(behind.transport::openSender, Kind.UNAVAILABLE);
    }

    private static void flushUntilClosed(Sender sender) {
        while (true) {
            sender.flush();
        }
    }

    private static void assertFails(ThrowingCallable call, Kind kind) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        TransportException.class,
                        e -> assertThat(e.kind()).as(e.toString()).isEqualTo(kind))
                .hasMessageNotContaining("canary");
    }
}
