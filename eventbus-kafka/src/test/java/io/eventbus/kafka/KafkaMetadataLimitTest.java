package io.eventbus.kafka;

import static io.eventbus.kafka.Fixture.ids;
import static io.eventbus.kafka.Fixture.numbered;
import static io.eventbus.kafka.Fixture.receive;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.spi.Delivery;
import io.eventbus.spi.Receiver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A broker that takes less metadata with a commit than most. */
class KafkaMetadataLimitTest {

    private static final int LIMIT = 40;
    private static final int HELD = 100;

    private static TestBroker broker;

    private Fixture fixture;

    @BeforeAll
    static void launch() {
        broker = TestBroker.with("offset.metadata.max.bytes", Integer.toString(LIMIT));
    }

    @AfterAll
    static void end() {
        broker.close();
    }

    @BeforeEach
    void open() {
        fixture = new Fixture(Map.of(), broker.url());
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    @DisplayName("nothing is fetched while what is settled out of turn does not fit, and then it goes on")
    void pauses() throws Exception {
        Receiver receiver = fixture.receiver();
        List<Delivery> rest = settleEverySecond(receiver);
        fixture.send(HELD + 1, HELD + 20);

        assertThat(receiver.poll(20, Duration.ofMillis(500))).isEmpty();
        rest.forEach(Delivery::accept);
        assertThat(ids(receive(receiver, 20))).isEqualTo(numbered(HELD + 1, HELD + 20));
    }

    @Test
    @DisplayName("the next member gets all that is not settled, though not all that is settled fitted")
    void nothingLost() throws Exception {
        Receiver first = fixture.receiver();
        List<String> unsettled = ids(settleEverySecond(first));
        ((KafkaTransport.Cuttable) first).cut();
        first.close();

        Receiver second = fixture.receiver();
        List<String> received = new ArrayList<>();
        long deadline = System.nanoTime() + Fixture.WAIT.toNanos();
        while (!received.containsAll(unsettled) && System.nanoTime() < deadline) {
            received.addAll(ids(second.poll(HELD, Duration.ofMillis(100))));
        }

        assertThat(received).containsAll(unsettled).startsWith("id-1", "id-3", "id-5");
    }

    @Test
    @DisplayName("what one session has learned, the next one of the same bus knows")
    void learnedOnce() throws Exception {
        Receiver first = fixture.receiver();
        settleEverySecond(first).forEach(Delivery::accept);
        first.close();
        fixture.send(HELD + 1, HELD + 1);
        Receiver second = fixture.receiver();
        receive(second, 1);
        fixture.send(HELD + 2, HELD + 20);

        assertThat(second.poll(20, Duration.ofMillis(500))).isEmpty();
    }

    /** Until that is committed as far as it fits; returns the others. */
    private List<Delivery> settleEverySecond(Receiver receiver) throws Exception {
        fixture.send(1, HELD);
        List<Delivery> received = receive(receiver, HELD);
        String claimed = committed().metadata();
        List<Delivery> rest = new ArrayList<>();
        for (int i = 0; i < HELD; i += 2) {
            rest.add(received.get(i));
            received.get(i + 1).accept();
        }
        long deadline = System.nanoTime() + Fixture.WAIT.toNanos();
        while (committed().metadata().equals(claimed) && System.nanoTime() < deadline) {
            receiver.poll(0, Duration.ofMillis(50));
        }
        assertThat(committed().metadata()).isNotEqualTo(claimed).hasSizeLessThanOrEqualTo(LIMIT);
        return rest;
    }

    /** Of the partition that has the key of all events. */
    private OffsetAndMetadata committed() {
        return Groups.committed(fixture.transport.inquiry("cannot look"), fixture.group).values().stream()
                .filter(each -> each.metadata().startsWith("eb1:"))
                .findFirst()
                .orElseThrow();
    }
}
