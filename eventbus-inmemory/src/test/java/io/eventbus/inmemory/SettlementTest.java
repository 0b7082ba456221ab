package io.eventbus.inmemory;

import static io.eventbus.inmemory.Bench.GROUP;
import static io.eventbus.inmemory.Bench.numbers;
import static io.eventbus.inmemory.Bench.take;
import static io.eventbus.inmemory.Bench.takeOne;
import static io.eventbus.inmemory.Bench.takeOneByOne;
import static io.eventbus.inmemory.Bench.text;
import static io.eventbus.inmemory.Bench.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.spi.Delivery;
import io.eventbus.spi.Receiver;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What becomes of a delivery. */
class SettlementTest {
    private final Bench bench = new Bench();
    private final Receiver receiver = bench.join(GROUP);

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    @DisplayName("an accepted message is not delivered again, also after the member has left")
    void acceptedIsDone() {
        bench.send("1");
        takeOne(receiver).accept();
        receiver.close();
        assertThat(take(bench.join(GROUP))).isEmpty();
    }

    @Test
    @DisplayName("a message on loan is not delivered again")
    void loanedIsNotThere() {
        bench.send("1");
        takeOne(receiver);
        assertThat(take(receiver)).isEmpty();
    }

    @Test
    @DisplayName("released messages come back in their old order, before later ones")
    void releasedComeBackInOrder() {
        bench.send(numbers(1, 4));
        List<Delivery> deliveries = receiver.poll(3, Duration.ZERO);
        deliveries.get(2).release();
        deliveries.get(0).release();
        deliveries.get(1).release();
        assertThat(texts(takeOneByOne(receiver, 4))).containsExactly(numbers(1, 4));
    }

    @Test
    @DisplayName(
            "of what ended with its member, a poll hands over one, and what follows it does not count as delivered")
    void oneByOne() {
        bench.send(numbers(1, 3));
        receiver.poll(3, Duration.ZERO);
        receiver.close();
        Receiver next = bench.join(GROUP);
        assertThat(next.poll(3, Duration.ZERO))
                .singleElement()
                .satisfies(delivery -> assertThat(delivery.deliveryCount()).isEqualTo(2));
        assertThat(takeOneByOne(next, 2)).extracting(Delivery::deliveryCount).containsExactly(2, 2);
    }

    @Test
    @DisplayName("a released message is the next one also for a member with room for one")
    void releasedComesFirst() {
        bench.send(numbers(1, 4));
        receiver.poll(2, Duration.ZERO).get(1).release();
        assertThat(text(takeOne(receiver))).isEqualTo("2");
    }

    @Test
    @DisplayName("a released message is the next one also when a later one is set aside for the member already")
    void releasedOvertakesWhatIsSetAside() {
        bench.send("1", "2");
        List<Delivery> deliveries = receiver.poll(3, Duration.ZERO);
        bench.send("3", "4");
        deliveries.get(1).release();
        assertThat(text(takeOne(receiver))).isEqualTo("2");
    }

    @Test
    @DisplayName("the delivery count begins at one and grows with every member that ended without settling it")
    void countsDeliveries() {
        bench.send("1");
        assertThat(takeOne(receiver).deliveryCount()).isEqualTo(1);
        receiver.close();
        Receiver next = bench.join(GROUP);
        assertThat(takeOne(next).deliveryCount()).isEqualTo(2);
        next.close();
        assertThat(takeOne(bench.join(GROUP)).deliveryCount()).isEqualTo(3);
    }

    @Test
    @DisplayName("a delivery that was given back in order does not count")
    void countsNoReleases() {
        bench.send("1");
        for (int i = 0; i < 3; i++) {
            Delivery delivery = takeOne(receiver);
            assertThat(delivery.deliveryCount()).isEqualTo(1);
            delivery.release();
        }
        receiver.close();
        assertThat(takeOne(bench.join(GROUP)).deliveryCount()).isEqualTo(1);
    }

    @Test
    @DisplayName("a message that its member never fetched counts no delivery")
    void countsOnlyHandOvers() {
        bench.send("1");
        receiver.close();
        assertThat(takeOne(bench.join(GROUP)).deliveryCount()).isEqualTo(1);
    }
}
