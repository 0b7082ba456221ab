package io.eventbus.kafka;

import static io.eventbus.kafka.Fixture.ids;
import static io.eventbus.kafka.Fixture.numbered;
import static io.eventbus.kafka.Fixture.receive;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventbus.spi.Delivery;
import io.eventbus.spi.Destination;
import io.eventbus.spi.Group;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.ReceiverSpec;
import io.eventbus.spi.RoutingPattern;
import io.eventbus.spi.StartFrom;
import io.eventbus.spi.TransportException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One member of a group, on a real broker. */
class KafkaReceiverTest {

    private final Fixture fixture = new Fixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "consumer"})
    @DisplayName("what is sent after the receiver was opened arrives in order, with either protocol for groups")
    void arrives(String protocol) throws Exception {
        try (Fixture other = new Fixture(Map.of("kafka.group-protocol", protocol))) {
            Receiver receiver = other.receiver();
            other.send(1, 20);

            List<Delivery> received = receive(receiver, 20);

            assertThat(ids(received)).isEqualTo(numbered(1, 20));
            assertThat(received).allMatch(delivery -> delivery.deliveryCount() == 1);
        }
    }

    @Test
    @DisplayName(
            "what is not settled is delivered again after the member has left, in order, and what is settled is not")
    void window() throws Exception {
        Receiver first = fixture.receiver();
        fixture.send(1, 10);
        List<Delivery> received = receive(first, 10);
        IntStream.of(1, 2, 4, 9).forEach(index -> received.get(index).accept());
        first.close();

        Receiver second = fixture.receiver();

        assertThat(ids(receive(second, 6))).containsExactly("id-1", "id-4", "id-6", "id-7", "id-8", "id-9");
    }

    @Test
    @DisplayName("a delivery is counted before it is handed over, also when the member vanishes at once")
    void counted() throws Exception {
        Receiver first = fixture.receiver();
        fixture.send(1, 1);
        receive(first, 1);
        ((KafkaTransport.Cuttable) first).cut();
        first.close();

        assertThat(receive(fixture.receiver(), 1).get(0).deliveryCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("however much of a partition a member had, the next one gets it, and what comes behind it")
    void muchGivenBack(boolean vanishes) throws Exception {
        fixture.makeTopic(1);
        Receiver first = fixture.receiver();
        fixture.send(1, 420);
        receive(first, 400);
        if (vanishes) {
            ((KafkaTransport.Cuttable) first).cut();
        }
        first.close();

        Receiver second = fixture.receiver();
        List<Delivery> received = new ArrayList<>();
        while (received.size() < 420) {
            List<Delivery> some = receive(second, 20);
            some.forEach(Delivery::accept);
            received.addAll(some);
        }

        assertThat(ids(received)).isEqualTo(numbered(1, 420));
    }

    @Test
    @DisplayName("what goes back when the member leaves does not count as a delivery")
    void givenBack() throws Exception {
        Receiver first = fixture.receiver();
        fixture.send(1, 2);
        List<Delivery> received = receive(first, 2);
        first.drain();
        received.forEach(Delivery::release);
        first.close();

        assertThat(receive(fixture.receiver(), 2)).allMatch(delivery -> delivery.deliveryCount() == 1);
    }

    @Test
    @DisplayName("what is released while the member stays comes again at its old place")
    void released() throws Exception {
        Receiver receiver = fixture.receiver();
        fixture.send(1, 4);
        List<Delivery> received = receive(receiver, 2);
        received.get(1).release();
        received.get(0).release();

        assertThat(ids(receive(receiver, 4))).isEqualTo(numbered(1, 4));
    }

    @Test
    @DisplayName("without room nothing is handed over, and the poll waits")
    void noRoom() throws Exception {
        Receiver receiver = fixture.receiver();
        fixture.send(1, 3);

        assertThat(receiver.poll(0, Duration.ofMillis(300))).isEmpty();
        assertThat(ids(receive(receiver, 2))).isEqualTo(numbered(1, 2));
        assertThat(ids(receive(receiver, 1))).containsExactly("id-3");
    }

    @Test
    @DisplayName(
            "the longest topic that Kafka takes has ephemeral subscriptions, too, whose group is nothing at the broker")
    void longTopic() throws Exception {
        String topic = (fixture.topic + "x".repeat(200)).substring(0, 200);
        Receiver receiver =
                fixture.receiver(Fixture.spec(new Group(topic, "ephemeral-" + fixture.topic), StartFrom.LATEST, true));
        fixture.send(new Destination.Topic(topic), 1, 1);

        assertThat(receive(receiver, 1)).hasSize(1);
    }

    @Test
    @DisplayName("a wake-up ends the poll that goes on, or else the next")
    void wakeup() throws Exception {
        Receiver receiver = fixture.receiver();
        receiver.wakeup();
        assertThat(receiver.poll(1, Duration.ofSeconds(60))).isEmpty();

        CompletableFuture<Void> waker = CompletableFuture.runAsync(
                receiver::wakeup, CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS));
        assertThat(receiver.poll(1, Duration.ofSeconds(60))).isEmpty();
        waker.get();
    }

    @Test
    @DisplayName("a new group begins with what is sent after it, or with what is there")
    void start() throws Exception {
        fixture.send(1, 3);
        Receiver latest = fixture.receiver();
        Receiver earliest = fixture.receiver(Fixture.spec(new Group(fixture.topic, "e"), StartFrom.EARLIEST, false));
        fixture.send(4, 5);

        assertThat(ids(receive(latest, 2))).isEqualTo(numbered(4, 5));
        assertThat(ids(receive(earliest, 5))).isEqualTo(numbered(1, 5));
    }

    @Test
    @DisplayName(
            "an ephemeral member gets everything from its opening on, of all partitions, and leaves no group behind")
    void ephemeral() throws Exception {
        fixture.makeTopic(3);
        fixture.send(1, 3);
        Receiver one = fixture.receiver(Fixture.spec(fixture.group, StartFrom.LATEST, true));
        Receiver two = fixture.receiver(Fixture.spec(fixture.group, StartFrom.LATEST, true));
        fixture.send(4, 6);

        assertThat(ids(receive(one, 3))).isEqualTo(numbered(4, 6));
        assertThat(ids(receive(two, 3))).isEqualTo(numbered(4, 6));
        one.close();
        assertThat(fixture.transport.admin().describe(fixture.group).members()).isZero();
        assertThat(fixture.admin().listGroups().all().get())
                .noneMatch(group -> group.groupId().contains(fixture.topic));
    }

    @Test
    @DisplayName("an ephemeral member gets what comes to partitions that are added")
    void addedPartitions() throws Exception {
        fixture.makeTopic(1);
        Receiver receiver = fixture.receiver(Fixture.spec(fixture.group, StartFrom.LATEST, true));
        Admin admin = fixture.admin();
        admin.createPartitions(Map.of(KafkaNames.topic(fixture.topic), NewPartitions.increaseTo(8)))
                .all()
                .get();
        try (Fixture fresh = new Fixture()) {
            for (int number = 1; number <= 20; number++) {
                Fixture.await(fresh.sender()
                        .send(new Destination.Topic(fixture.topic), Fixture.message("id-" + number, "key-" + number)));
            }
        }

        assertThat(ids(receive(receiver, 20))).containsExactlyInAnyOrderElementsOf(numbered(1, 20));
    }

    @Test
    @DisplayName("more can be held unsettled than one commit can tell of: fetching pauses and goes on")
    void manyUnsettled() throws Exception {
        fixture.makeTopic(1);
        Receiver receiver = fixture.receiver(
                new ReceiverSpec(fixture.group, "member", Set.of(RoutingPattern.ALL), 5_000, StartFrom.LATEST, false));
        fixture.send(1, 1_500);
        List<Delivery> held = new ArrayList<>(receive(receiver, 200));
        for (int i = 0; i < 20; i++) {
            held.addAll(receiver.poll(5_000, Duration.ofMillis(50)));
        }
        assertThat(held).hasSizeBetween(200, new MetadataLimit().unsettled());
        held.forEach(Delivery::accept);
        int count = held.size();
        for (int from = count; from < 1_500; from += 100) {
            receive(receiver, Math.min(100, 1_500 - from)).forEach(Delivery::accept);
        }
        receiver.close();

        assertThat(fixture.transport.admin().describe(fixture.group).backlog()).isZero();
    }

    @Test
    @DisplayName("a topic that was deleted ends the session, whoever waits for its events")
    void topicDeleted() throws Exception {
        Receiver receiver = fixture.receiver();
        fixture.admin()
                .deleteTopics(List.of(KafkaNames.topic(fixture.topic)))
                .all()
                .get();

        assertThatThrownBy(() -> receive(receiver, 1))
                .isInstanceOfSatisfying(
                        TransportException.class,
                        e -> assertThat(e.kind()).isEqualTo(TransportException.Kind.UNAVAILABLE));
    }

    @Test
    @DisplayName("a group whose topic was deleted and made anew gets everything of the new one")
    void topicMadeAnew() throws Exception {
        fixture.makeTopic(1);
        Receiver first = fixture.receiver();
        fixture.send(1, 5);
        receive(first, 5).forEach(Delivery::accept);
        fixture.admin()
                .deleteTopics(List.of(KafkaNames.topic(fixture.topic)))
                .all()
                .get();
        assertThatThrownBy(() -> receive(first, 1)).isInstanceOf(TransportException.class);
        first.close();
        fixture.makeTopic(1);
        fixture.send(6, 7);

        assertThat(ids(receive(fixture.receiver(), 2))).isEqualTo(numbered(6, 7));
    }

    @Test
    @DisplayName("after its end a session says so")
    void ended() {
        Receiver receiver = fixture.receiver();
        receiver.close();
        receiver.close();

        assertThatThrownBy(() -> receiver.poll(1, Duration.ZERO)).isInstanceOf(TransportException.class);
        assertThatThrownBy(() -> receiver.bind(RoutingPattern.ALL)).isInstanceOf(TransportException.class);
    }
}
