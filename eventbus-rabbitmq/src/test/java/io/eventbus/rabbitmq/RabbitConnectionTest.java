package io.eventbus.rabbitmq;

import static io.eventbus.rabbitmq.Fixture.PATIENCE;
import static io.eventbus.rabbitmq.Fixture.await;
import static io.eventbus.rabbitmq.Fixture.brokerUrl;
import static io.eventbus.rabbitmq.Fixture.message;
import static io.eventbus.rabbitmq.Fixture.receive;
import static io.eventbus.rabbitmq.Fixture.transport;
import static io.eventbus.rabbitmq.RabbitSenderTest.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.eventbus.spi.Delivery;
import io.eventbus.spi.Destination;
import io.eventbus.spi.Message;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.Sender;
import io.eventbus.spi.Transport;
import io.eventbus.spi.TransportException;
import io.eventbus.spi.TransportException.Kind;
import io.eventbus.spi.TransportException.Outcome;
import io.eventbus.tck.Await;
import io.eventbus.tck.net.TcpProxy;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RabbitConnectionTest {

    /** Half of it passes for a broker that does not say anything, so a busy machine has the other half. */
    private static final Duration OPENING = Duration.ofSeconds(8);

    /** For tests of silence. Other sessions do not take a machine that stands still for seconds for a broker that is gone. */
    private static final Map<String, String> ATTENTIVE = Map.of("rabbitmq.heartbeat", "2s");

    /** What ends in time has ended by then. */
    private static final Duration MOST = Duration.ofSeconds(10);

    private static final String LOGIN = "canary-user:canary-secret";

    private TcpProxy proxy;
    private Fixture fixture;
    private Destination topic;

    @BeforeEach
    void open() throws Exception {
        URI broker = brokerUrl();
        proxy = TcpProxy.start(broker.getHost(), broker.getPort());
        open(Map.of());
    }

    private void open(Map<String, String> options) throws Exception {
        String login = brokerUrl().getRawUserInfo();
        fixture = new Fixture(options, brokerUrl(login, proxy.host(), proxy.port()));
        topic = new Destination.Topic(fixture.topic);
    }

    private void becomeAttentive() throws Exception {
        fixture.close();
        open(ATTENTIVE);
    }

    @AfterEach
    void close() throws Exception {
        proxy.heal();
        fixture.close();
        proxy.close();
    }

    @Test
    @DisplayName("wrong credentials are denied, and never shown")
    void wrongPassword() {
        URI url = brokerUrl(LOGIN, brokerUrl().getHost(), brokerUrl().getPort());
        TransportException failure = openFailure(url, PATIENCE);

        assertThat(failure.kind()).isEqualTo(Kind.DENIED);
        assertThat(failure)
                .hasMessageContaining(url.getHost() + ":" + url.getPort())
                .hasMessageContaining("password");
        assertThat(everythingOf(failure)).doesNotContain("canary-secret");
    }

    @Test
    @DisplayName("a vhost that does not exist is denied, with its name")
    void unknownVhost() {
        URI broker = brokerUrl();
        URI url = URI.create("amqp://" + broker.getRawUserInfo() + "@" + broker.getHost() + ":" + broker.getPort()
                + "/no-such-vhost");
        TransportException failure = openFailure(url, PATIENCE);

        assertThat(failure.kind()).isEqualTo(Kind.DENIED);
        assertThat(failure).hasMessageContaining("vhost no-such-vhost").hasMessageContaining("not found");
    }

    @Test
    @DisplayName("a port where nobody listens is unavailable, with its address")
    void closedPort() throws IOException {
        try (Socket deaf = new Socket()) { // has a port that no other program gets meanwhile, and does not listen
            deaf.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int port = deaf.getLocalPort();
            TransportException failure = openFailure(brokerUrl(LOGIN, "127.0.0.1", port), PATIENCE);

            assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(failure).hasMessageContaining("127.0.0.1:" + port).hasMessageContaining("refused");
            assertThat(everythingOf(failure)).doesNotContain("canary-secret");
        }
    }

    @Test
    @DisplayName("a host that nobody knows is unavailable, with its name")
    void unknownHost() {
        TransportException failure = openFailure(brokerUrl(LOGIN, "no-such-host.invalid", 5672), PATIENCE);

        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure).hasMessageContaining("no-such-host.invalid").hasMessageContaining("unknown");
    }

    @Test
    @DisplayName("a broker that accepts connections and says nothing is given up in time")
    void silentBroker() {
        proxy.silence();
        long start = System.nanoTime();
        TransportException failure = openFailure(brokerUrl(LOGIN, proxy.host(), proxy.port()), OPENING);

        assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(OPENING);
        assertThat(everythingOf(failure)).doesNotContain("canary-secret");
    }

    @Test
    @DisplayName("something that is no RabbitMQ is unavailable")
    void otherProtocol() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread http = new Thread(() -> answer(server));
            http.start();
            TransportException failure = openFailure(brokerUrl(LOGIN, "127.0.0.1", server.getLocalPort()), PATIENCE);
            http.join();

            assertThat(failure.kind()).isIn(Kind.UNAVAILABLE, Kind.TIMEOUT);
        }
    }

    @Test
    @DisplayName("a connection that is cut leaves open sends unknown and refuses later ones")
    void cutWhileSending() throws Exception {
        Sender sender = fixture.sender();
        await(sender.send(topic, message(1)));
        proxy.silence();
        List<CompletionStage<Void>> open = List.of(sender.send(topic, message(2)), sender.send(topic, message(3)));
        proxy.cut();

        for (CompletionStage<Void> send : open) {
            TransportException failure = failure(send);
            assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(failure.outcome()).isEqualTo(Outcome.UNKNOWN);
        }
        TransportException later = failure(sender.send(topic, message(4)));
        assertThat(later.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(later.outcome()).isEqualTo(Outcome.NOT_ACCEPTED);
    }

    @Test
    @DisplayName("closing a sender leaves open sends unknown")
    void closeWhileSending() throws Exception {
        Sender sender = fixture.sender();
        await(sender.send(topic, message(1)));
        proxy.silence();
        CompletionStage<Void> open = sender.send(topic, message(2));
        sender.close();

        assertThat(failure(open).outcome()).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    @DisplayName("a receiver whose connection is cut hands over nothing more, and says so")
    void cutWhileReceiving() throws Exception {
        Receiver receiver = fixture.receiver();
        fixture.send(1, 10);
        List<Delivery> held = receive(receiver, 3);
        proxy.cut();

        TransportException failure = catchThrowableOfType(TransportException.class, () -> pollUntilItThrows(receiver));
        held.forEach(Delivery::accept);
        receiver.close();
        held.forEach(Delivery::release);
        proxy.heal();

        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(Fixture.ids(receive(fixture.receiver(), 10))).isEqualTo(Fixture.numbered(1, 10));
    }

    @Test
    @DisplayName("a silent connection is found dead by its heartbeat")
    void silentWhileReceiving() throws Exception {
        becomeAttentive();
        Receiver receiver = fixture.receiver();
        proxy.silence();

        TransportException failure = catchThrowableOfType(TransportException.class, () -> pollUntilItThrows(receiver));
        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure).hasMessageContaining("eartbeat");
    }

    @Test
    @DisplayName("a write into a silent connection ends with the heartbeat, and all sends with it")
    void hungWrite() throws Exception {
        becomeAttentive();
        Sender sender = fixture.sender();
        await(sender.send(topic, message(1)));
        proxy.silence();
        byte[] body = new byte[8 * 1024 * 1024];
        Message large = new Message("large", "Order", "Placed", null, "Order.Placed", "", Map.of(), Map.of(), body);
        List<CompletionStage<Void>> sent = new ArrayList<>();
        for (int number = 0; number < 10; number++) { // more than all buffers on the way take
            sent.add(sender.send(topic, large));
        }
        Set<Outcome> outcomes = new HashSet<>();
        for (CompletionStage<Void> send : sent) {
            outcomes.add(failure(send).outcome());
        }

        assertThat(outcomes).containsExactlyInAnyOrder(Outcome.UNKNOWN, Outcome.NOT_ACCEPTED);
    }

    @Test
    @DisplayName("a broker that says nothing does not keep sessions from closing")
    void closesWhileSilent() {
        Receiver receiver = fixture.receiver();
        Sender sender = fixture.sender();
        proxy.silence();
        long start = System.nanoTime();
        receiver.close();
        sender.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(MOST);
    }

    @Test
    @DisplayName("closing the transport ends what is open, and lets stuck calls return")
    void transportClosed() throws Exception {
        Receiver receiver = fixture.receiver();
        Sender sender = fixture.sender();
        await(sender.send(topic, message(1)));
        proxy.silence();
        CompletableFuture<Throwable> opening = new CompletableFuture<>();
        new Thread(() -> opening.complete(catchThrowable(fixture::sender))).start();
        Await.atMost(PATIENCE).until("a third connection", () -> proxy.traffic().accepted() == 3);
        CompletionStage<Void> open = sender.send(topic, message(2));
        fixture.transport.close();

        assertThat(failure(open).outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(catchThrowableOfType(TransportException.class, () -> pollUntilItThrows(receiver)))
                .isNotNull();
        assertThat(opening.get(10, TimeUnit.SECONDS)).isInstanceOf(TransportException.class);
        assertThat(catchThrowableOfType(TransportException.class, fixture::sender))
                .hasMessageContaining("closed");
    }

    @Test
    @DisplayName("a session that has ended is noticed when nothing is sent")
    void flushAfterCut() {
        Sender sender = fixture.sender();
        sender.flush();
        proxy.cut();

        Await.atMost(PATIENCE).until("a flush that fails", () -> !flushes(sender));
    }

    private static boolean flushes(Sender sender) {
        try {
            sender.flush();
            return true;
        } catch (TransportException e) {
            return false;
        }
    }

    private static void pollUntilItThrows(Receiver receiver) {
        List<Delivery> after = new ArrayList<>();
        while (after.size() < 100) {
            after.addAll(receiver.poll(1, PATIENCE));
        }
    }

    private static TransportException openFailure(URI url, Duration openTimeout) {
        Transport unreachable = transport(url, Map.of(), openTimeout);
        ThrowingCallable open = () -> unreachable.openSender().close();
        return catchThrowableOfType(TransportException.class, open);
    }

    private static void answer(ServerSocket server) {
        try (var client = server.accept()) {
            client.getInputStream().read();
            client.getOutputStream()
                    .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String everythingOf(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
