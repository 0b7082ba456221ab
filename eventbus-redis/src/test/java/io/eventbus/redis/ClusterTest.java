package io.eventbus.redis;

import static io.eventbus.redis.Fixture.PATIENCE;
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
import io.eventbus.spi.Receiver;
import io.eventbus.spi.Sender;
import io.eventbus.spi.TransportException;
import io.eventbus.spi.TransportException.Kind;
import io.eventbus.spi.TransportException.Outcome;
import io.eventbus.tck.Await;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A cluster of two nodes, each with half of the slots; sessions begin at the first. */
class ClusterTest {

    private static final int HALF = 8192;

    private static RedisBroker first;
    private static RedisBroker second;
    private static String firstId;
    private static String secondId;
    private static String[] secondAddress;
    private Fixture fixture;

    @BeforeAll
    static void form() {
        first = RedisBroker.launchCluster();
        second = RedisBroker.launchCluster();
        firstId = first.cli("CLUSTER", "MYID").strip();
        secondId = second.cli("CLUSTER", "MYID").strip();
        first.cli("CLUSTER", "FLUSHSLOTS");
        second.cli("CLUSTER", "FLUSHSLOTS");
        first.cli("CLUSTER", "ADDSLOTSRANGE", "0", Integer.toString(HALF - 1));
        second.cli("CLUSTER", "ADDSLOTSRANGE", Integer.toString(HALF), "16383");
        String[] there = second.cli("CLUSTER", "NODES").split("[ @:,]", -1); // its id, host, port and cluster port
        secondAddress = new String[] {there[1], there[2]};
        first.cli("CLUSTER", "MEET", there[1], there[2], there[3]);
        awaitWhole();
    }

    @AfterAll
    static void end() {
        first.close();
        second.close();
    }

    @BeforeEach
    void open() {
        fixture = new Fixture(first, first.url(), Map.of());
    }

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    @Test
    @DisplayName("a session goes to the node that has the topic, wherever it began")
    void routed() throws Exception {
        for (int topic = 0; topic < 6; topic++) { // in either half, as chance will have it
            DeploymentTest.carriesEverything(new Fixture(first, first.url(), Map.of()));
        }
    }

    @Test
    @DisplayName("one sender has topics of both nodes")
    void bothHalves() throws Exception {
        Sender sender = fixture.sender();
        for (int topic = 0; topic < 10; topic++) {
            RedisSenderTest.sendNow(sender, new Destination.Topic(fixture.topic + topic), message(1));
        }
    }

    @Test
    @DisplayName("sessions that fail at the node which has the topic leave no connection there")
    void failedRoute() {
        Group group = groupInSlot(slot -> slot >= HALF);
        second.cli("CLUSTER", "DELSLOTS", slot(group));
        TransportException join =
                catchThrowableOfType(TransportException.class, () -> fixture.receiver(Fixture.spec(group, "m", false)));
        TransportException described = catchThrowableOfType(
                TransportException.class, () -> fixture.transport.admin().describe(group));
        TransportException send =
                RedisSenderTest.failure(fixture.sender().send(new Destination.Topic(group.topic()), message(1)));

        assertThat(join).hasMessageContaining("CLUSTERDOWN");
        assertThat(described).hasMessageContaining("CLUSTERDOWN");
        assertThat(send).hasMessageContaining("CLUSTERDOWN");
        Await.atMost(PATIENCE)
                .until("no connection", () -> !second.cli("CLIENT", "LIST").contains("eventbus_test"));
        second.cli("CLUSTER", "ADDSLOTS", slot(group));
        awaitWhole();
    }

    @Test
    @DisplayName(
            "when the topic moves to another node, its sessions end, and the next ones go on there where these stood")
    void movedSlot() throws Exception {
        Group group = groupInSlot(slot -> slot < HALF);
        Destination topic = new Destination.Topic(group.topic());
        Receiver receiver = fixture.receiver(Fixture.spec(group, "m", false));
        Sender sender = fixture.sender();
        fixture.send(topic, 1, 3);
        RedisSenderTest.sendNow(sender, topic, message(4));
        receive(receiver, 2).forEach(Delivery::accept);
        receiver.poll(0, Duration.ZERO);
        beginMove(group);
        TransportException during =
                catchThrowableOfType(TransportException.class, () -> fixture.receiver(Fixture.spec(group, "m", false)));
        CompletionStage<Void> stale = sender.send(topic, message(0));
        TransportException flushed = catchThrowableOfType(TransportException.class, sender::flush);
        TransportException sent = RedisSenderTest.failure(stale);
        endMove(group);
        TransportException polled = HealingTest.pollUntilItThrows(receiver);
        receiver.close();
        fixture.send(topic, 5, 5);

        assertThat(during.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(during).hasMessageContaining("ASK");
        assertThat(flushed.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(sent.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(sent.outcome()).isEqualTo(Outcome.NOT_ACCEPTED);
        assertThat(polled.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(ids(receive(fixture.receiver(Fixture.spec(group, "m", false)), 3)))
                .isEqualTo(numbered(3, 5));
    }

    /** As the operator does it, from the first node to the second. */
    private static void beginMove(Group group) {
        String slot = slot(group);
        second.cli("CLUSTER", "SETSLOT", slot, "IMPORTING", firstId);
        first.cli("CLUSTER", "SETSLOT", slot, "MIGRATING", secondId);
        first.cli("MIGRATE", secondAddress[0], secondAddress[1], key(group), "0", "5000");
    }

    private static void endMove(Group group) {
        String slot = slot(group);
        second.cli("CLUSTER", "SETSLOT", slot, "NODE", secondId);
        first.cli("CLUSTER", "SETSLOT", slot, "NODE", secondId);
    }

    private static Group groupInSlot(IntPredicate slot) {
        return Stream.generate(() -> new Group("t-" + UUID.randomUUID(), "g"))
                .filter(group -> slot.test(Integer.parseInt(slot(group))))
                .findFirst()
                .orElseThrow();
    }

    private static String slot(Group group) {
        return first.cli("CLUSTER", "KEYSLOT", key(group)).strip();
    }

    private static String key(Group group) {
        return "eventbus:{" + group.topic() + "}";
    }

    private static void awaitWhole() {
        Await.atMost(PATIENCE.multipliedBy(2))
                .until("a cluster", () -> isWhole(first, secondId) && isWhole(second, firstId));
    }

    private static boolean isWhole(RedisBroker node, String other) {
        return node.cli("CLUSTER", "INFO").contains("cluster_state:ok")
                && node.cli("CLUSTER", "NODES").contains(other);
    }
}
