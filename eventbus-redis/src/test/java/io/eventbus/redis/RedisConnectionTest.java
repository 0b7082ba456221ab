package io.eventbus.redis;

import static io.eventbus.redis.Fixture.PATIENCE;
import static io.eventbus.redis.Fixture.message;
import static io.eventbus.redis.Fixture.receive;
import static io.eventbus.redis.Fixture.transport;
import static io.eventbus.redis.Fixture.url;
import static io.eventbus.redis.RedisSenderTest.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.eventbus.brokers.RedisBroker;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisConnectionTest {

    private static final Duration SHORT = Duration.ofSeconds(2);

    /** Longer than any wait of these tests: nothing ends because the machine is slow, or by this instead of what is tested. */
    private static final Duration ANSWER = Duration.ofSeconds(40);

    /** For tests of silence. Everything before it may take as long, however busy the machine is. */
    private static final Duration SHORT_ANSWER = Duration.ofSeconds(4);

    /** What ends in time has ended by then. */
    private static final Duration MOST = Duration.ofSeconds(10);

    private static final String LOGIN = "canary-user:canary-secret";

    private RedisBroker broker;
    private TcpProxy proxy;
    private Fixture fixture;
    private Destination topic;

    @BeforeEach
    void open() throws Exception {
        broker = Fixture.own();
        proxy = TcpProxy.start(broker.host(), broker.port());
        open(ANSWER);
    }

    private void open(Duration answer) {
        Map<String, String> options = Map.of(
                "redis.answer-timeout",
                answer.toSeconds() + "s",
                "redis.lease",
                ANSWER.multipliedBy(2).toSeconds() + "s");
        fixture = new Fixture(broker, url("", proxy.host(), proxy.port()), options, ANSWER);
        topic = new Destination.Topic(fixture.topic);
    }

    /** Sessions that soon notice a Redis that is silent. */
    private void becomeAttentive() throws Exception {
        fixture.close();
        open(SHORT_ANSWER);
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
        URI url = url(LOGIN, broker.host(), broker.port());
        TransportException failure = openFailure(url, PATIENCE);

        assertThat(failure.kind()).isEqualTo(Kind.DENIED);
        assertThat(failure)
                .hasMessageContaining(url.getHost() + ":" + url.getPort())
                .hasMessageContaining("password");
        assertThat(everythingOf(failure)).doesNotContain("canary-secret");
    }

    @Test
    @DisplayName("a password for a Redis that has none is denied, with what to do, and never shown")
    void needlessPassword() {
        TransportException failure = openFailure(url(":canary-secret", broker.host(), broker.port()), PATIENCE);

        assertThat(failure.kind()).isEqualTo(Kind.DENIED);
        assertThat(failure)
                .hasMessageContaining(broker.host() + ":" + broker.port())
                .hasMessageEndingWith("this Redis has no password; take it out of the URL");
        assertThat(everythingOf(failure)).doesNotContain("canary-secret");
    }

    @Test
    @DisplayName("a port where nobody listens is unavailable, with its address")
    void closedPort() throws IOException {
        try (Socket deaf = new Socket()) { // has a port that no other program gets meanwhile, and does not listen
            deaf.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int port = deaf.getLocalPort();
            TransportException failure = openFailure(url(LOGIN, "127.0.0.1", port), PATIENCE);

            assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(failure).hasMessageContaining("127.0.0.1:" + port).hasMessageContaining("refused");
            assertThat(everythingOf(failure)).doesNotContain("canary-secret");
        }
    }

    @Test
    @DisplayName("a host that nobody knows is unavailable, with its name")
    void unknownHost() {
        TransportException failure = openFailure(url(LOGIN, "no-such-host.invalid", 6379), PATIENCE);

        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure).hasMessageContaining("no-such-host.invalid").hasMessageContaining("unknown");
    }

    @Test
    @DisplayName("a broker that accepts connections and says nothing is given up in time")
    void silentBroker() {
        proxy.silence();
        long start = System.nanoTime();
        TransportException failure = openFailure(url(LOGIN, proxy.host(), proxy.port()), SHORT);

        assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as("less than an answer may take later")
                .isLessThan(MOST);
        assertThat(everythingOf(failure)).doesNotContain("canary-secret");
    }

    @Test
    @DisplayName("something that is no Redis is unavailable")
    void otherProtocol() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread http = new Thread(() -> answer(server));
            http.start();
            TransportException failure = openFailure(url(LOGIN, "127.0.0.1", server.getLocalPort()), PATIENCE);
            http.join();

            assertThat(failure.kind()).isIn(Kind.UNAVAILABLE, Kind.TIMEOUT);
        }
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
    @DisplayName("a session that has ended is noticed when nothing is sent")
    void flushAfterCut() {
        Sender sender = fixture.sender();
        sender.flush();
        proxy.cut();

        Await.atMost(PATIENCE).until("a flush that fails", () -> !flushes(sender));
    }

    @Test
    @DisplayName("a connection that is cut while answers are awaited leaves these sends unknown and refuses later ones")
    void cutWhileSending() throws Exception {
        Sender sender = fixture.sender();
        RedisSenderTest.sendNow(sender, topic, message(1));
        proxy.silence();
        List<CompletionStage<Void>> open = List.of(sender.send(topic, message(2)), sender.send(topic, message(3)));
        CompletableFuture<Boolean> flush = InSocket.waiting(() -> flushes(sender));
        proxy.cut();

        for (CompletionStage<Void> send : open) {
            TransportException failure = failure(send);
            assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(failure.outcome()).isEqualTo(Outcome.UNKNOWN);
        }
        assertThat(flush.get(10, TimeUnit.SECONDS)).isFalse();
        TransportException later = failure(sender.send(topic, message(4)));
        assertThat(later.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(later.outcome()).isEqualTo(Outcome.NOT_ACCEPTED);
    }

    @Test
    @DisplayName("what is sent after a connection was cut was not accepted for sure")
    void cutBeforeSending() throws Exception {
        URI url = url("", proxy.host(), proxy.port());
        RedisLink link = fixture.link(url);
        Sender sender = new RedisSender(
                link,
                (RedisTransport) fixture.transport,
                new RedisNames("eventbus"),
                new RedisErrors(RedisUrl.parse(url, "0")));
        RedisSenderTest.sendNow(sender, topic, message(1));
        proxy.cut();
        assertThat(link.await(PATIENCE.toNanos()))
                .as("the end of the connection")
                .isTrue();
        CompletionStage<Void> sent = sender.send(topic, message(2));

        assertThat(flushes(sender)).isFalse();
        assertThat(failure(sent).kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure(sent).outcome()).isEqualTo(Outcome.NOT_ACCEPTED);
    }

    @Test
    @DisplayName("writing and waiting into silence end in time, and all sends with them")
    void silentWhileSending() throws Exception {
        becomeAttentive();
        Sender sender = fixture.sender();
        RedisSenderTest.sendNow(sender, topic, message(1));
        proxy.silence();
        byte[] body = new byte[16 * 1024 * 1024]; // more than all buffers on the way take
        Message large = new Message("large", "Order", "Placed", null, "Order.Placed", "", Map.of(), Map.of(), body);
        long start = System.nanoTime();
        CompletionStage<Void> sent = sender.send(topic, large);
        CompletionStage<Void> later = sender.send(topic, message(2));

        assertThat(failure(sent).outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(failure(later).outcome()).isEqualTo(Outcome.NOT_ACCEPTED);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(MOST);
    }

    @Test
    @DisplayName("a receiver notices within the time for an answer that Redis is silent")
    void silentWhileReceiving() throws Exception {
        becomeAttentive();
        Receiver receiver = fixture.receiver();
        receiver.poll(1, Duration.ofMillis(10));
        proxy.silence();
        TransportException failure = catchThrowableOfType(TransportException.class, () -> pollUntilItThrows(receiver));

        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure).hasMessageContaining("no answer in time");
    }

    @Test
    @DisplayName("an ephemeral subscription notices that Redis is silent")
    void silentEphemeral() throws Exception {
        becomeAttentive();
        Receiver receiver = fixture.receiver(Fixture.spec(fixture.group, "m", true));
        receiver.poll(1, Duration.ofMillis(10));
        proxy.silence();
        AtomicInteger polls = new AtomicInteger();
        TransportException failure = catchThrowableOfType(TransportException.class, () -> {
            for (; polls.get() < 100; polls.incrementAndGet()) {
                receiver.poll(1, Duration.ofMillis(500));
            }
        });

        assertThat(failure).hasMessageContaining("no answer in time");
        // its read waits a second, not as long as a member's
        assertThat(polls).hasValueLessThan((int) SHORT_ANSWER.plusSeconds(3).dividedBy(Duration.ofMillis(500)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("a member or an ephemeral subscription without room notices that Redis is silent")
    void silentWithoutRoom(boolean ephemeral) throws Exception {
        becomeAttentive();
        Receiver receiver = fixture.receiver(Fixture.spec(fixture.group, "m", ephemeral));
        receiver.poll(0, Duration.ofMillis(10));
        proxy.silence();
        TransportException failure = HealingTest.pollUntilItThrows(receiver, 0);

        assertThat(failure).hasMessageContaining("no answer in time");
    }

    @Test
    @DisplayName("an answer that has begun to arrive has no longer than any other, however long it was waited for")
    void slowArrival() throws Exception {
        becomeAttentive();
        Receiver receiver = fixture.receiver();
        Fixture.pollFor(receiver, 1, Duration.ofMillis(500)); // leaves a read waiting at Redis
        proxy.throttle(100_000);
        Sender sender = fixture.closing(Fixture.transport(broker.url(), Map.of(), PATIENCE))
                .openSender();
        byte[] body = new byte[8 * 1024 * 1024];
        RedisSenderTest.sendNow(sender, topic, new Message("large", "", "", null, "", "", Map.of(), Map.of(), body));
        long start = System.nanoTime();
        TransportException failure = HealingTest.pollUntilItThrows(receiver, 1);

        assertThat(failure).hasMessageContaining("no answer in time");
        // with what was left of the time for the whole read it would have been about a read's wait more
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isLessThan(SHORT_ANSWER.plus(GroupCommands.READ_WAIT).minusMillis(1_500));
    }

    @Test
    @DisplayName("closing the transport ends what is open, and lets stuck calls return")
    void transportClosed() throws Exception {
        Receiver receiver = fixture.receiver();
        Sender sender = fixture.sender();
        RedisSenderTest.sendNow(sender, topic, message(1));
        CompletableFuture<List<Delivery>> poll = InSocket.waiting(() -> receiver.poll(1, ANSWER));
        proxy.silence();
        CompletionStage<Void> open = sender.send(topic, message(2));
        CompletableFuture<Boolean> flush = InSocket.waiting(() -> flushes(sender));
        CompletableFuture<Sender> opening = InSocket.waiting(fixture::sender);
        fixture.transport.close();

        assertThat(failure(open).outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(flush.get(10, TimeUnit.SECONDS)).isFalse();
        assertThat(catchThrowable(() -> opening.get(10, TimeUnit.SECONDS)))
                .hasCauseInstanceOf(TransportException.class);
        assertThat(poll.handle((delivered, failure) -> failure).get(10, TimeUnit.SECONDS))
                .satisfiesAnyOf(
                        failure -> assertThat(failure).isInstanceOf(TransportException.class),
                        none -> assertThat(none).isNull()); // the message may have come before the silence
        assertThat(catchThrowableOfType(TransportException.class, fixture::sender))
                .hasMessageContaining("closed");
    }

    @Test
    @DisplayName("sessions leave no connections behind")
    void nothingLeft() {
        for (int round = 0; round < 10; round++) {
            fixture.receiver().close();
            fixture.sender().close();
            fixture.transport.admin().ping();
            fixture.transport.admin().describe(fixture.group);
            fixture.transport.admin().openDeadLetters(fixture.group).close();
        }

        Await.atMost(PATIENCE).until("no connections", () -> proxy.traffic().live() == 0);
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
            after.addAll(receiver.poll(1, Duration.ofMillis(500)));
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
