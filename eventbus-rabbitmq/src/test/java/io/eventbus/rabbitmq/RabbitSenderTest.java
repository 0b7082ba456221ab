package io.eventbus.rabbitmq;

import static io.eventbus.rabbitmq.Fixture.await;
import static io.eventbus.rabbitmq.Fixture.ids;
import static io.eventbus.rabbitmq.Fixture.message;
import static io.eventbus.rabbitmq.Fixture.numbered;
import static io.eventbus.rabbitmq.Fixture.receive;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import io.eventbus.spi.Delivery;
import io.eventbus.spi.Destination;
import io.eventbus.spi.Group;
import io.eventbus.spi.Message;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.Sender;
import io.eventbus.spi.TransportException;
import io.eventbus.spi.TransportException.Kind;
import io.eventbus.spi.TransportException.Outcome;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RabbitSenderTest {

    private Fixture fixture;
    private Destination topic;

    @BeforeEach
    void open() throws Exception {
        fixture = new Fixture("quorum");
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
        await(sender.send(topic, sent));
        await(sender.send(new Destination.Inbox(fixture.group), sent));
        await(sender.send(new Destination.DeadLetters(fixture.group), sent));

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
        await(fixture.sender().send(topic, sent));

        assertSame(receive(receiver, 1).get(0).message(), sent);
    }

    @Test
    @DisplayName("the largest payload arrives")
    void largestPayload() throws Exception {
        Receiver receiver = fixture.receiver();
        byte[] body = new byte[fixture.transport.limits().maxPayload()];
        new Random(1).nextBytes(body);
        Message sent = new Message("big", "Order", "Placed", null, "Order.Placed", "", Map.of(), Map.of(), body);
        await(fixture.sender().send(topic, sent));

        assertSame(receive(receiver, 1).get(0).message(), sent);
    }

    @Test
    @DisplayName("the largest headers and names arrive")
    void largestHeaders() throws Exception {
        Receiver receiver = fixture.receiver();
        Map<String, String> headers = new HashMap<>();
        headers.put("n".repeat(200), "v".repeat(1_000));
        headers.put("large", "\u00e9".repeat((64 * 1024 - 1_200 - 5) / 2));
        Message sent = withHeaders("r".repeat(255), headers);
        await(fixture.sender().send(topic, sent));

        assertSame(receive(receiver, 1).get(0).message(), sent);
    }

    @Test
    @DisplayName("headers that fit no frame are refused, and the session goes on")
    void headersTooLarge() throws Exception {
        Receiver receiver = fixture.receiver();
        Sender sender = fixture.sender();
        await(sender.send(topic, message(1)));
        TransportException failure = failure(sender.send(topic, withHeaders("a.b", Map.of("h", "v".repeat(140_000)))));
        await(sender.send(topic, message(2)));
        await(sender.send(new Destination.Inbox(fixture.group), message(3)));

        assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
        assertThat(failure.outcome()).isEqualTo(Outcome.NOT_ACCEPTED);
        assertThat(ids(receive(receiver, 3))).isEqualTo(numbered(1, 3));
    }

    @Test
    @DisplayName("sends that overlap are all confirmed, and arrive in order")
    void pipelined() throws Exception {
        Receiver receiver = fixture.receiver(fixture.group, 3_000);
        fixture.send(1, 3_000);

        assertThat(ids(receive(receiver, 3_000))).isEqualTo(numbered(1, 3_000));
    }

    @Test
    @DisplayName("a topic without groups takes a message")
    void noGroups() throws Exception {
        await(fixture.sender().send(topic, message(1)));
    }

    @Test
    @DisplayName("what goes to an inbox reaches that group alone, whatever its patterns")
    void inbox() throws Exception {
        Receiver receiver = fixture.receiver();
        Group other = new Group(fixture.topic, "other");
        Receiver neighbour = fixture.receiver(Fixture.spec(other, 1, true, io.eventbus.spi.RoutingPattern.ALL));
        fixture.send(new Destination.Inbox(fixture.group), 1, 1);
        fixture.send(2, 2);

        assertThat(ids(receive(receiver, 2))).isEqualTo(numbered(1, 2));
        assertThat(ids(receive(neighbour, 1))).isEqualTo(numbered(2, 2));
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
        for (int number = 0; number < sent.size(); number++) {
            if (number % 3 == 0) {
                TransportException failure = failure(sent.get(number));
                assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
                assertThat(failure.outcome()).isEqualTo(Outcome.NOT_ACCEPTED);
                assertThat(failure).hasMessageContaining(RabbitNames.queue(missing));
            } else {
                await(sent.get(number));
            }
        }
        assertThat(fixture.transport.admin().describe(fixture.group).deadLetters())
                .isEqualTo(100);
    }

    @Test
    @DisplayName("a message that a queue refuses fails, and may have reached another")
    void refused() throws Exception {
        try (Channel channel = fixture.channel()) {
            await(fixture.sender().send(topic, message(1)));
            Map<String, Object> arguments = Map.of("x-max-length", 1, "x-overflow", "reject-publish");
            String full = channel.queueDeclare("", false, true, true, arguments).getQueue();
            channel.queueBind(full, RabbitNames.exchange(fixture.topic), "#");
            Sender sender = fixture.sender();
            await(sender.send(topic, message(2)));
            TransportException failure = failure(sender.send(topic, message(3)));

            assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
            assertThat(failure.outcome()).isEqualTo(Outcome.UNKNOWN);
            channel.queueDelete(full);
            await(sender.send(topic, message(4)));
        }
    }

    @Test
    @DisplayName("a topic whose name is an exchange of another type is a conflict, and the session goes on")
    void conflict() throws Exception {
        Group other = new Group(fixture.topic + "-2", "g");
        try (Channel channel = fixture.channel()) {
            channel.exchangeDeclare(other.topic(), BuiltinExchangeType.FANOUT);
            Sender sender = fixture.sender();
            TransportException failure = failure(sender.send(new Destination.Topic(other.topic()), message(1)));
            await(sender.send(topic, message(2)));
            TransportException join = catchThrowableOfType(TransportException.class, () -> fixture.receiver(other, 1));
            channel.exchangeDelete(other.topic());

            assertThat(failure.kind()).isEqualTo(Kind.CONFLICT);
            assertThat(failure.outcome()).isEqualTo(Outcome.NOT_ACCEPTED);
            assertThat(failure).hasMessageContaining(other.topic()).hasMessageContaining("type");
            assertThat(join.kind()).isEqualTo(Kind.CONFLICT);
        }
    }

    @Test
    @DisplayName("a name that the broker cannot hold is refused")
    void nameTooLong() {
        TransportException failure = failure(fixture.sender().send(new Destination.Topic("t".repeat(252)), message(1)));

        assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
        assertThat(failure.outcome()).isEqualTo(Outcome.NOT_ACCEPTED);
    }

    @Test
    @DisplayName("an exchange that is deleted ends the session; another session makes it again")
    void exchangeDeleted() throws Exception {
        Sender sender = fixture.sender();
        await(sender.send(topic, message(1)));
        try (Channel channel = fixture.channel()) {
            channel.exchangeDelete(RabbitNames.exchange(fixture.topic));
        }
        TransportException open = failure(sender.send(topic, message(2)));
        TransportException later = failure(sender.send(topic, message(3)));

        assertThat(open.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(open.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(later.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(later.outcome()).isEqualTo(Outcome.NOT_ACCEPTED);
        await(fixture.sender().send(topic, message(4)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @DisplayName("sending after a close fails at once, also when it was closed twice")
    void closed(int times) {
        Sender sender = fixture.sender();
        IntStream.range(0, times).forEach(time -> sender.close());
        TransportException failure = failure(sender.send(topic, message(1)));

        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure.outcome()).isEqualTo(Outcome.NOT_ACCEPTED);
        assertThat(failure).hasMessageContaining("closed");
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

    private static Message withHeaders(String routingKey, Map<String, String> headers) {
        return new Message("id", "Order", "Placed", null, routingKey, "", Map.of(), headers, new byte[] {1});
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
        headers.put("cloudEvents:id", "mine");
        headers.put("eb-attempt", "mine");
        headers.put("CC", "mine");
        headers.put("BCC", "mine");
        headers.put("x-death", "mine");
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
