package io.eventbus.redis;

import static io.eventbus.redis.Fixture.await;
import static io.eventbus.redis.Fixture.ids;
import static io.eventbus.redis.Fixture.message;
import static io.eventbus.redis.Fixture.numbered;
import static io.eventbus.redis.Fixture.receive;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.eventbus.brokers.RedisBroker;
import io.eventbus.spi.Delivery;
import io.eventbus.spi.Destination;
import io.eventbus.spi.Group;
import io.eventbus.spi.Message;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.Sender;
import io.eventbus.spi.TransportException;
import io.eventbus.spi.TransportException.Kind;
import io.eventbus.spi.TransportException.Outcome;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisSenderTest {

    /** Of a burst of two messages. */
    private static final String BURST_END = "data|$4|id-2|";

    private Fixture fixture;
    private Destination topic;

    @BeforeEach
    void open() {
        fixture = new Fixture();
        topic = new Destination.Topic(fixture.topic);
    }

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    @Test
    @DisplayName("every field of a message arrives as it was sent, by every way")
    void roundTrip() throws Exception {
        Receiver receiver = fixture.receiver();
        Message sent = awkward();
        Sender sender = fixture.sender();
        sendNow(sender, topic, sent);
        sendNow(sender, new Destination.Inbox(fixture.group), sent);
        sendNow(sender, new Destination.DeadLetters(fixture.group), sent);

        List<Delivery> delivered = receive(receiver, 2);
        assertSame(delivered.get(0).message(), sent);
        assertSame(delivered.get(1).message(), sent);
        try (var cursor = fixture.transport.admin().openDeadLetters(fixture.group)) {
            assertSame(cursor.next(10).get(0), sent);
        }
    }

    @Test
    @DisplayName("a message with empty fields arrives as it was sent")
    void emptyFields() throws Exception {
        Receiver receiver = fixture.receiver();
        Message sent = new Message("", "", "", null, "", "", Map.of(), Map.of(), new byte[0]);
        sendNow(fixture.sender(), topic, sent);

        assertSame(receive(receiver, 1).get(0).message(), sent);
    }

    @Test
    @DisplayName("the largest payload and the largest headers arrive")
    void largest() throws Exception {
        Receiver receiver = fixture.receiver();
        byte[] body = new byte[fixture.transport.limits().maxPayload()];
        new Random(1).nextBytes(body);
        Map<String, String> headers = new HashMap<>();
        headers.put("n".repeat(200), "v".repeat(1_000));
        IntStream.range(0, 10_000).forEach(number -> headers.put("h" + number, ""));
        Message sent = new Message("big", "Order", "Placed", null, "r".repeat(255), "", Map.of(), headers, body);
        sendNow(fixture.sender(), topic, sent);

        assertSame(receive(receiver, 1).get(0).message(), sent);
    }

    @Test
    @DisplayName("nothing is sent before the flush, or before the burst is large")
    void bursts() throws Exception {
        Receiver receiver = fixture.receiver();
        Sender sender = fixture.sender();
        List<CompletionStage<Void>> sent = new ArrayList<>();
        IntStream.rangeClosed(1, 499).forEach(number -> sent.add(sender.send(topic, message(number))));
        assertThat(sent).noneMatch(stage -> stage.toCompletableFuture().isDone());
        IntStream.rangeClosed(500, 501).forEach(number -> sent.add(sender.send(topic, message(number))));

        assertThat(sent.subList(0, 500))
                .allMatch(stage -> stage.toCompletableFuture().isDone());
        assertThat(sent.get(500).toCompletableFuture()).isNotDone();
        sender.flush();
        await(sent.get(500));
        assertThat(ids(receive(receiver, 501))).isEqualTo(numbered(1, 501));
    }

    @Test
    @DisplayName("a topic without groups takes a message")
    void noGroups() throws Exception {
        sendNow(fixture.sender(), topic, message(1));

        assertThat(fixture.cli("XLEN", fixture.key)).isEqualTo("1");
    }

    @Test
    @DisplayName("exactly the sends to a group that does not exist fail, and the session goes on")
    void noGroup() throws Exception {
        fixture.receiver();
        Sender sender = fixture.sender();
        Group missing = new Group(fixture.topic, "missing");
        List<CompletionStage<Void>> sent = IntStream.range(0, 300)
                .mapToObj(number -> {
                    Group group = number % 3 == 0 ? missing : fixture.group;
                    Destination to =
                            number % 2 == 0 ? new Destination.Inbox(group) : new Destination.DeadLetters(group);
                    return sender.send(to, message(1));
                })
                .toList();
        sender.flush();
        for (int number = 0; number < sent.size(); number++) {
            if (number % 3 == 0) {
                TransportException failure = failure(sent.get(number));
                assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
                assertThat(failure.outcome()).isEqualTo(Outcome.NOT_ACCEPTED);
                assertThat(failure).hasMessageContaining("missing");
            } else {
                await(sent.get(number));
            }
        }
        assertThat(fixture.transport.admin().describe(fixture.group).deadLetters())
                .isEqualTo(100);
    }

    @Test
    @DisplayName("a topic whose key is something else is a conflict, and the session goes on")
    void conflict() throws Exception {
        Group other = new Group(fixture.topic + "-2", "g");
        String key = "eventbus:{" + other.topic() + "}";
        fixture.cli("SET", key, "text");
        Sender sender = fixture.sender();
        TransportException failure = failure(sender.send(new Destination.Topic(other.topic()), message(1)));
        sendNow(sender, topic, message(2));
        TransportException join =
                catchThrowableOfType(TransportException.class, () -> fixture.receiver(Fixture.spec(other, "m", false)));
        fixture.cli("DEL", key);

        assertThat(failure.kind()).isEqualTo(Kind.CONFLICT);
        assertThat(failure.outcome()).isEqualTo(Outcome.NOT_ACCEPTED);
        assertThat(failure).hasMessageContaining(key);
        assertThat(join.kind()).isEqualTo(Kind.CONFLICT);
    }

    @Test
    @DisplayName("a Redis without memory refuses messages one by one, and takes them again when it has some")
    void outOfMemory() throws Exception {
        try (RedisBroker small = RedisBroker.launch("--maxmemory", "1", "--maxmemory-policy", "noeviction")) {
            Fixture full = new Fixture(small, small.url(), Map.of());
            Sender sender = full.sender();
            TransportException failure = failure(sendFlushed(sender, new Destination.Topic(full.topic), message(1)));
            small.cli("CONFIG", "SET", "maxmemory", "100mb");
            sendNow(sender, new Destination.Topic(full.topic), message(2));
            full.close();

            assertThat(failure.kind()).isEqualTo(Kind.FULL);
            assertThat(failure.outcome()).isEqualTo(Outcome.NOT_ACCEPTED);
            assertThat(failure).hasMessageContaining("OOM").hasMessageContaining("maxmemory");
        }
    }

    @Test
    @DisplayName("a Redis that takes no writes any more ends the session, with nothing accepted")
    void readOnly() throws Exception {
        try (RedisBroker master = RedisBroker.launch()) {
            Fixture replica = new Fixture(master, master.url(), Map.of());
            Sender sender = replica.sender();
            Destination to = new Destination.Topic(replica.topic);
            sendNow(sender, to, message(1));
            master.cli("CONFIG", "SET", "replica-serve-stale-data", "yes");
            master.cli("REPLICAOF", "127.0.0.1", "1");
            CompletionStage<Void> sent = sender.send(to, message(2));
            TransportException flush = catchThrowableOfType(TransportException.class, sender::flush);
            TransportException failure = failure(sent);
            TransportException later = failure(sender.send(to, message(3)));
            replica.close();

            assertThat(List.of(flush.kind(), failure.kind(), later.kind())).containsOnly(Kind.UNAVAILABLE);
            assertThat(List.of(failure.outcome(), later.outcome())).containsOnly(Outcome.NOT_ACCEPTED);
            assertThat(failure).hasMessageContaining("READONLY");
        }
    }

    @ParameterizedTest
    @CsvSource({"$3|1-1|,true", "'',false"})
    @DisplayName(
            "a message that is refused for now is not to be sent again when a later one of its burst was accepted, or may have been")
    void overtaken(String laterAnswer, boolean laterAccepted) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> redis =
                    CompletableFuture.runAsync(() -> answer(server, BURST_END, "-READONLY for now|" + laterAnswer));
            URI url = Fixture.url("", "127.0.0.1", server.getLocalPort());
            Sender sender = fixture.closing(Fixture.transport(url, Map.of(), Fixture.PATIENCE))
                    .openSender();
            CompletionStage<Void> refused = sender.send(topic, message(1));
            CompletionStage<Void> later = sender.send(topic, message(2));
            TransportException flush = catchThrowableOfType(TransportException.class, sender::flush);
            await(redis);

            assertThat(failure(refused).outcome()).isEqualTo(Outcome.NOT_ACCEPTED);
            assertThat(failure(refused).kind()).isEqualTo(Kind.FULL);
            assertThat(failure(refused)).hasMessageContaining("READONLY");
            assertThat(flush == null).isEqualTo(laterAccepted);
            if (laterAccepted) {
                await(later);
            } else {
                assertThat(failure(later).outcome()).isEqualTo(Outcome.UNKNOWN);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "READONLY,false",
        "LOADING,false",
        "MASTERDOWN,false",
        "TRYAGAIN,false",
        "CLUSTERDOWN,false",
        "LOADING,true"
    })
    @DisplayName(
            "a question before a burst that Redis refuses for now ends the session, so that nothing overtakes the burst")
    void refusedQuestion(String code, boolean inbox) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String end = inbox ? "}|" : "|500|"; // of XINFO GROUPS, or of the script that makes room
            CompletableFuture<Void> redis =
                    CompletableFuture.runAsync(() -> answer(server, end, "-" + code + " for now|"));
            URI url = Fixture.url("", "127.0.0.1", server.getLocalPort());
            Map<String, String> options = Map.of("redis.max-length", "1000");
            Sender sender = fixture.closing(Fixture.transport(url, options, Fixture.PATIENCE))
                    .openSender();
            Destination to = inbox ? new Destination.Inbox(fixture.group) : topic;
            List<CompletionStage<Void>> burst = IntStream.rangeClosed(1, 500)
                    .mapToObj(number -> sender.send(to, message(number)))
                    .toList();
            CompletionStage<Void> later = sender.send(to, message(501));
            await(redis);

            assertThat(burst).allSatisfy(sent -> {
                assertThat(failure(sent).kind()).isEqualTo(Kind.UNAVAILABLE);
                assertThat(failure(sent).outcome()).isEqualTo(Outcome.NOT_ACCEPTED);
                assertThat(failure(sent)).hasMessageContaining(code);
            });
            assertThat(later.toCompletableFuture()).isCompletedExceptionally();
            assertThat(failure(later).kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(failure(later)).hasMessageContaining("session is over").hasMessageContaining(code);
        }
    }

    /** A Redis that refuses for now or takes again in the middle of a burst, which no real one does on demand, and then ends. */
    private static void answer(ServerSocket server, String end, String answers) {
        try (Socket client = server.accept()) {
            client.setSoTimeout((int) Fixture.PATIENCE.toMillis());
            answer(client, "eventbus_test|", "+OK|"); // CLIENT SETNAME
            answer(client, "}|", ":0|"); // XLEN
            answer(client, end, answers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @DisplayName("a message has its time to go out, and its answer then has its own")
    void slowlyRead() throws Exception {
        Duration limit =
                Duration.ofSeconds(10); // the server waits twice for three fifths: 4 s are left for a slow machine
        byte[] body = new byte[12 << 20]; // more than goes out unread
        Message large =
                new Message("id", "Order", "Placed", "", "Order.Placed", "text/plain", Map.of(), Map.of(), body);
        try (ServerSocket server = new ServerSocket()) {
            server.setReceiveBufferSize(1 << 16);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
            CompletableFuture<Void> redis = CompletableFuture.runAsync(
                    () -> answerLate(server, body.length, limit.multipliedBy(3).dividedBy(5)));
            URI url = Fixture.url("", "127.0.0.1", server.getLocalPort());
            Map<String, String> options = Map.of("redis.answer-timeout", limit.toSeconds() + "s");
            Sender sender = fixture.closing(Fixture.transport(url, options, Fixture.PATIENCE))
                    .openSender();
            sendNow(sender, topic, large);
            sender.close();
            await(redis);
        }
    }

    /** A Redis that waits before it reads a message of this size, and again before it answers. */
    private static void answerLate(ServerSocket server, int bytes, Duration wait) {
        try (Socket client = server.accept()) {
            client.setSoTimeout((int) Fixture.PATIENCE.toMillis());
            answer(client, "eventbus_test|", "+OK|"); // CLIENT SETNAME
            answer(client, "}|", ":0|"); // XLEN
            LockSupport.parkNanos(wait.toNanos());
            client.getInputStream().skipNBytes(bytes);
            LockSupport.parkNanos(wait.toNanos());
            client.getOutputStream().write("$3\r\n1-1\r\n".getBytes(StandardCharsets.US_ASCII));
            client.getInputStream().readAllBytes(); // until the client has had the answer
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads to the end of what is asked; a bar is the end of a line. */
    private static void answer(Socket client, String end, String answers) throws IOException {
        StringBuilder asked = new StringBuilder();
        while (!asked.toString().endsWith(end.replace("|", "\r\n"))) {
            int next = client.getInputStream().read();
            if (next < 0) {
                throw new EOFException("nothing more was asked after " + asked);
            }
            asked.append((char) next);
        }
        client.getOutputStream().write(answers.replace("|", "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @DisplayName("sending after a close fails at once, also when it was closed twice")
    void closed(int times) {
        Sender sender = fixture.sender();
        CompletionStage<Void> before = sender.send(topic, message(1));
        IntStream.range(0, times).forEach(time -> sender.close());
        TransportException failure = failure(sender.send(topic, message(2)));

        assertThat(failure(before).outcome()).isEqualTo(Outcome.NOT_ACCEPTED);
        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure.outcome()).isEqualTo(Outcome.NOT_ACCEPTED);
        assertThat(failure).hasMessageContaining("closed");
    }

    static CompletionStage<Void> sendFlushed(Sender sender, Destination destination, Message message) {
        CompletionStage<Void> sent = sender.send(destination, message);
        sender.flush();
        return sent;
    }

    static void sendNow(Sender sender, Destination destination, Message message) throws Exception {
        await(sendFlushed(sender, destination, message));
    }

    static TransportException failure(CompletionStage<Void> send) {
        ExecutionException thrown = catchThrowableOfType(
                ExecutionException.class, () -> send.toCompletableFuture().get(10, TimeUnit.SECONDS));
        assertThat(thrown).as("failure of the send").isNotNull();
        return (TransportException) thrown.getCause();
    }

    private static void assertSame(Message actual, Message expected) {
        assertThat(actual).usingRecursiveComparison().ignoringFields("body").isEqualTo(expected);
        assertThat(Arrays.equals(actual.body(), expected.body()))
                .as("bodies are equal")
                .isTrue();
    }

    private static Message awkward() {
        byte[] body = new byte[256];
        for (int value = 0; value < body.length; value++) {
            body[value] = (byte) value;
        }
        StringBuilder ascii = new StringBuilder();
        for (char sign = 0; sign < 128; sign++) {
            ascii.append(sign);
        }
        Map<String, String> headers = new HashMap<>();
        headers.put(ascii.toString(), ascii.toString());
        headers.put("empty", "");
        headers.put("", "no name");
        headers.put("Case", "1");
        headers.put("case", "2");
        headers.put("emoji \ud83d\ude00", "\ud83d\ude00");
        headers.put("ce_id", "mine");
        headers.put("eb-attempt", "mine");
        headers.put("data", "mine");
        headers.put("Content-Type", "mine");
        headers.put("long", "x".repeat(4096));
        IntStream.range(0, 64).forEach(number -> headers.put("h" + number, "v" + number));
        Map<String, String> attributes =
                Map.of("time", "2026-01-02T03:04:05.678901234Z", "eb-reason", "r", "source", "s p a c e");
        return new Message(
                "id \u00e9/\ud83d\ude00",
                "Or.der",
                "Pla ced",
                "k\u0000ey",
                "eu.\u00e9",
                "application/json; charset=utf-8",
                attributes,
                headers,
                body);
    }
}
