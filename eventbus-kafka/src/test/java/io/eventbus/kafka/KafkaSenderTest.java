package io.eventbus.kafka;

import static io.eventbus.kafka.Fixture.await;
import static io.eventbus.kafka.Fixture.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventbus.spi.Destination;
import io.eventbus.spi.Message;
import io.eventbus.spi.Sender;
import io.eventbus.spi.TransportException;
import io.eventbus.spi.TransportException.Kind;
import io.eventbus.spi.TransportException.Outcome;
import io.eventbus.tck.net.TcpProxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A sending session, on a real broker. */
class KafkaSenderTest {

    /** For tests of silence; a machine that stands still for seconds before it is no broker that is gone. */
    private static final Map<String, String> SHORT_SESSION = Map.of("kafka.session-timeout", "5s");

    private final Fixture fixture = new Fixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    @DisplayName("a topic that does not exist is made with the stated partitions, and allows the largest payload")
    void makesTopic() throws Exception {
        try (Fixture other = new Fixture(Map.of("kafka.partitions", "3", "kafka.max-payload", "2000000"))) {
            other.send(1, 1);

            assertThat(describe(other, KafkaNames.topic(other.topic)).partitions())
                    .hasSize(3);
            assertThat(setting(other, KafkaNames.topic(other.topic), "max.message.bytes"))
                    .isEqualTo("2065536");
        }
    }

    @Test
    @DisplayName("a topic that exists is used as it is")
    void usesTopic() throws Exception {
        fixture.makeTopic(2);
        fixture.send(1, 1);

        assertThat(describe(fixture, KafkaNames.topic(fixture.topic)).partitions())
                .hasSize(2);
    }

    @Test
    @DisplayName("dead letters get a topic of one partition that forgets nothing but what was removed")
    void makesDeadLetterTopic() throws Exception {
        fixture.receiver();
        fixture.send(new Destination.DeadLetters(fixture.group), 1, 1);

        String topic = KafkaNames.deadLetters(fixture.group);
        assertThat(describe(fixture, topic).partitions()).hasSize(1);
        assertThat(setting(fixture, topic, "cleanup.policy")).isEqualTo("compact,delete");
        assertThat(setting(fixture, topic, "retention.ms")).isEqualTo("-1");
    }

    @Test
    @DisplayName("the longest event that a topic takes can be a dead letter, with what has to be said of it")
    void longDeadLetter() throws Exception {
        fixture.receiver();
        String longest = "x".repeat(fixture.transport.limits().maxPayload());
        Map<String, String> diagnosis = Map.of("limit", "y".repeat(60_000), "why", "z".repeat(60_000));
        byte[] body = longest.getBytes(StandardCharsets.UTF_8);
        Message letter =
                new Message("id", "Order", "Placed", "key", "Order.Placed", "text/plain", Map.of(), diagnosis, body);

        await(fixture.sender().send(new Destination.DeadLetters(fixture.group), letter));
        assertThat(fixture.transport.admin().describe(fixture.group).deadLetters())
                .isEqualTo(1);
    }

    @Test
    @DisplayName("what is meant for a group that does not exist is refused, and the session goes on")
    void noGroup() throws Exception {
        Sender sender = fixture.sender();
        for (Destination destination :
                List.of(new Destination.Inbox(fixture.group), new Destination.DeadLetters(fixture.group))) {
            assertFails(sender.send(destination, message(1)), Kind.REJECTED, Outcome.NOT_ACCEPTED);
        }
        await(sender.send(new Destination.Topic(fixture.topic), message(1)));
        sender.flush();
    }

    @Test
    @DisplayName("what is larger than a record may be is refused, and the session goes on")
    void tooLarge() throws Exception {
        try (Fixture other = new Fixture(Map.of("kafka.max-payload", "1000"))) {
            Sender sender = other.sender();
            String large = "x".repeat(100_000);
            assertFails(
                    sender.send(new Destination.Topic(other.topic), message(large, "key")),
                    Kind.REJECTED,
                    Outcome.NOT_ACCEPTED);
            await(sender.send(new Destination.Topic(other.topic), message(2)));
        }
    }

    @Test
    @DisplayName("what the broker finds too large is refused, and the session goes on")
    void tooLargeForBroker() throws Exception {
        fixture.send(1, 1);
        try (Fixture other = new Fixture(Map.of("kafka.max-payload", "3000000"))) {
            Sender sender = other.sender();
            assertFails(
                    sender.send(new Destination.Topic(fixture.topic), message("x".repeat(2_500_000), "key")),
                    Kind.REJECTED,
                    Outcome.NOT_ACCEPTED);
            await(sender.send(new Destination.Topic(fixture.topic), message(2)));
        }
    }

    @Test
    @DisplayName("when the broker has been silent for the session's time, the session is over")
    void silence() throws Exception {
        TcpProxy proxy = fixture.closing(TestBroker.shared().proxy());
        try (Fixture behind = new Fixture(SHORT_SESSION, TestBroker.shared().url(TestBroker.LOGIN, proxy.port()))) {
            Sender sender = behind.sender();
            await(sender.send(new Destination.Topic(behind.topic), message(1)));
            proxy.silence();
            CompletionStage<Void> open = sender.send(new Destination.Topic(behind.topic), message(2));

            assertFails(open, Kind.UNAVAILABLE, Outcome.UNKNOWN);
            assertThatThrownBy(() -> flushFor(sender)).isInstanceOf(TransportException.class);
        }
    }

    @Test
    @DisplayName("what finds the client's buffer full was not accepted, and the session goes on")
    void fullBuffer() throws Exception {
        TcpProxy proxy = fixture.closing(TestBroker.shared().proxy());
        Map<String, String> small = Map.of("kafka.producer.buffer.memory", "65536", "kafka.session-timeout", "60s");
        try (Fixture behind = new Fixture(small, TestBroker.shared().url(TestBroker.LOGIN, proxy.port()))) {
            Sender sender = behind.sender();
            Destination topic = new Destination.Topic(behind.topic);
            await(sender.send(topic, message(1)));
            proxy.silence();
            CompletionStage<Void> first = sender.send(topic, large("first"));
            CompletionStage<Void> second = sender.send(topic, large("second"));

            assertFails(second, Kind.FULL, Outcome.NOT_ACCEPTED);
            proxy.heal();
            await(first);
            await(sender.send(topic, message(2)));
        }
    }

    @Test
    @DisplayName("what comes behind a message that did not get through is not sent, also when the broker answers again")
    void neverOvertakes() throws Exception {
        TcpProxy proxy = fixture.closing(TestBroker.shared().proxy());
        try (Fixture behind = new Fixture(SHORT_SESSION, TestBroker.shared().url(TestBroker.LOGIN, proxy.port()))) {
            Sender sender = behind.sender();
            await(sender.send(new Destination.Topic(behind.topic), message(1)));
            proxy.silence();
            assertFails(
                    sender.send(new Destination.Topic(behind.topic), message(2)), Kind.UNAVAILABLE, Outcome.UNKNOWN);
            proxy.heal();

            assertFails(
                    sender.send(new Destination.Topic(behind.topic), message(3)),
                    Kind.UNAVAILABLE,
                    Outcome.NOT_ACCEPTED);
            assertThatThrownBy(sender::flush).isInstanceOf(TransportException.class);
        }
    }

    @Test
    @DisplayName("closing ends what is open, and what is sent afterwards was not accepted")
    void closed() throws Exception {
        TcpProxy proxy = fixture.closing(TestBroker.shared().proxy());
        try (Fixture behind = new Fixture(Map.of(), TestBroker.shared().url(TestBroker.LOGIN, proxy.port()))) {
            Sender sender = behind.sender();
            await(sender.send(new Destination.Topic(behind.topic), message(1)));
            proxy.silence();
            CompletionStage<Void> open = sender.send(new Destination.Topic(behind.topic), message(2));
            sender.close();
            sender.close();

            assertFails(open, Kind.UNAVAILABLE, Outcome.UNKNOWN);
            assertFails(
                    sender.send(new Destination.Topic(behind.topic), message(3)),
                    Kind.UNAVAILABLE,
                    Outcome.NOT_ACCEPTED);
            assertThatThrownBy(sender::flush).isInstanceOf(TransportException.class);
        }
    }

    private static Message large(String id) {
        byte[] body = new byte[40_000];
        return new Message(id, "Order", "Placed", "key", "Order.Placed", "text/plain", Map.of(), Map.of(), body);
    }

    /** As the engine does, again and again while nothing else happens. */
    private static void flushFor(Sender sender) {
        long end = System.nanoTime() + Fixture.WAIT.toNanos();
        while (System.nanoTime() < end) {
            sender.flush();
            LockSupport.parkNanos(10_000_000);
        }
    }

    private static void assertFails(CompletionStage<Void> send, Kind kind, Outcome outcome) {
        ThrowingCallable waiting = () -> send.toCompletableFuture()
                .orTimeout(Fixture.WAIT.toSeconds(), TimeUnit.SECONDS)
                .join();
        assertThatThrownBy(waiting)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(TransportException.class, e -> {
                    assertThat(e.kind()).as(e.toString()).isEqualTo(kind);
                    assertThat(e.outcome()).isEqualTo(outcome);
                });
    }

    private static TopicDescription describe(Fixture fixture, String topic) throws Exception {
        return fixture.admin()
                .describeTopics(List.of(topic))
                .topicNameValues()
                .get(topic)
                .get();
    }

    private static String setting(Fixture fixture, String topic, String name) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return fixture.admin()
                .describeConfigs(List.of(resource))
                .values()
                .get(resource)
                .get()
                .get(name)
                .value();
    }
}
