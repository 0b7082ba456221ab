package io.eventbus.redis;

import static io.eventbus.redis.Fixture.ids;
import static io.eventbus.redis.Fixture.numbered;
import static io.eventbus.redis.Fixture.receive;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventbus.brokers.RedisBroker;
import io.eventbus.spi.Delivery;
import io.eventbus.spi.Destination;
import io.eventbus.spi.Group;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.ReceiverSpec;
import io.eventbus.spi.RoutingPattern;
import io.eventbus.spi.Sender;
import io.eventbus.spi.StartFrom;
import io.eventbus.spi.TransportException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RedisReceiverTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    /** A poll looks around by itself this often, whatever arrives. */
    private static final Duration LOOK = Duration.ofMillis(500);

    private Fixture fixture;

    @BeforeEach
    void open() throws Exception {
        fixture = new Fixture();
    }

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    @Test
    @DisplayName("what is sent after a receiver is open arrives in order")
    void inOrder() throws Exception {
        Receiver receiver = fixture.receiver();
        fixture.send(1, 500);
        for (int hundred = 0; hundred < 5; hundred++) {
            List<Delivery> deliveries = receive(receiver, 100);

            assertThat(ids(deliveries)).isEqualTo(numbered(hundred * 100 + 1, hundred * 100 + 100));
            deliveries.forEach(Delivery::accept);
        }
    }

    @Test
    @DisplayName("a group keeps what is sent while it has no member")
    void keptWithoutMembers() throws Exception {
        fixture.receiver().close();
        fixture.send(1, 3);

        assertThat(ids(receive(fixture.receiver(), 3))).isEqualTo(numbered(1, 3));
    }

    @Test
    @DisplayName("a new group sees nothing from before")
    void newGroup() throws Exception {
        fixture.send(1, 3);
        Receiver receiver = fixture.receiver();
        fixture.send(4, 4);

        assertThat(ids(receive(receiver, 1))).isEqualTo(numbered(4, 4));
    }

    @Test
    @DisplayName("what was accepted does not come again after a close")
    void acceptedBeforeClose() throws Exception {
        Receiver receiver = fixture.receiver();
        fixture.send(1, 100);
        List<Delivery> deliveries = receive(receiver, 100);
        deliveries.stream()
                .filter(delivery -> !delivery.message().id().endsWith("0"))
                .forEach(Delivery::accept);
        receiver.close();

        assertThat(ids(receive(fixture.receiver(), 10)))
                .containsExactly(
                        "id-10", "id-20", "id-30", "id-40", "id-50", "id-60", "id-70", "id-80", "id-90", "id-100");
    }

    @Test
    @DisplayName("closing gives back in order what is unsettled, released or not even fetched")
    void orderAfterClose() throws Exception {
        Receiver receiver = fixture.receiver();
        fixture.send(1, 200);
        List<Delivery> deliveries = receive(receiver, 80);
        deliveries.subList(10, 70).forEach(Delivery::release);
        receiver.close();

        assertThat(ids(receive(fixture.receiver(), 200))).isEqualTo(numbered(1, 200));
    }

    @Test
    @DisplayName("what is released while the session goes on comes again in order")
    void orderAfterRelease() throws Exception {
        Receiver receiver = fixture.receiver();
        fixture.send(1, 20);
        receive(receiver, 20).forEach(Delivery::release);

        assertThat(ids(receive(receiver, 20))).isEqualTo(numbered(1, 20));
    }

    @Test
    @DisplayName("a draining receiver takes nothing more, and still settles")
    void draining() throws Exception {
        Receiver receiver = fixture.receiver();
        fixture.send(1, 20);
        List<Delivery> deliveries = receive(receiver, 10);
        receiver.drain();
        fixture.send(21, 30);
        deliveries.subList(0, 5).forEach(Delivery::accept);

        assertThat(receiver.poll(10, Duration.ofMillis(100))).isEmpty();
        receiver.close();
        assertThat(ids(receive(fixture.receiver(), 25))).isEqualTo(numbered(6, 30));
    }

    @Test
    @DisplayName("what is released around a drain goes back in order with what was not handed over")
    void releasedAroundDrain() throws Exception {
        Receiver receiver = fixture.receiver();
        fixture.send(1, 300);
        List<Delivery> deliveries = receive(receiver, 150);
        deliveries.subList(10, 150).forEach(Delivery::release);
        receiver.drain();
        deliveries.subList(5, 10).forEach(Delivery::release);
        receiver.poll(0, Duration.ZERO);
        deliveries.subList(0, 5).forEach(Delivery::accept);
        receiver.close();

        assertThat(ids(receive(fixture.receiver(), 295))).isEqualTo(numbered(6, 300));
    }

    @Test
    @DisplayName("wakeup ends the poll that waits")
    void wakeup() throws Exception {
        Receiver receiver = fixture.receiver();
        CompletableFuture<List<Delivery>> poll = InSocket.waiting(() -> receiver.poll(1, LONG));
        receiver.wakeup();

        assertThat(poll.get(10, TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    @DisplayName("a wakeup that no poll waits for ends the next")
    void wakeupBefore() throws Exception {
        Receiver receiver = fixture.receiver();
        receiver.wakeup();

        assertThat(CompletableFuture.supplyAsync(() -> receiver.poll(1, LONG)).get(10, TimeUnit.SECONDS))
                .isEmpty();
    }

    @Test
    @DisplayName("a poll for nothing hands over nothing and loses nothing")
    void pollForNothing() throws Exception {
        Receiver receiver = fixture.receiver();
        fixture.send(1, 1);

        assertThat(receiver.poll(0, Duration.ofMillis(200))).isEmpty();
        assertThat(ids(receive(receiver, 1))).isEqualTo(numbered(1, 1));
    }

    @Test
    @DisplayName("idle receivers close at once, and twice")
    void closesQuickly() {
        List<Receiver> receivers = IntStream.range(0, 10)
                .mapToObj(number -> fixture.receiver("member-" + number))
                .toList();
        long start = System.nanoTime();
        receivers.forEach(Receiver::close);
        receivers.forEach(Receiver::close);

        // one may be held up by the machine for seconds, not each of them for one
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(receivers.size()));
    }

    @Test
    @DisplayName("a closed receiver says so when it is polled")
    void pollAfterClose() {
        Receiver receiver = fixture.receiver();
        receiver.close();

        assertThatThrownBy(() -> receiver.poll(1, LONG))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("closed");
    }

    @Test
    @DisplayName("the delivery count grows with each delivery that was not handed back")
    void deliveryCount() throws Exception {
        Receiver receiver = fixture.receiver();
        fixture.send(1, 1);
        for (int round = 1; round <= 3; round++) {
            Delivery delivery = receive(receiver, 1).get(0);
            assertThat(delivery.deliveryCount()).as("after an orderly release").isEqualTo(1);
            delivery.release();
        }
        receive(receiver, 1);
        for (int count = 2; count <= 4; count++) {
            receiver = fixture.receiver(); // the same member again, without a goodbye of the one before
            assertThat(receive(receiver, 1).get(0).deliveryCount()).isEqualTo(count);
        }
    }

    @Test
    @DisplayName("another thread's settlement ends a poll that waits, which sends it")
    void promptAck() throws Exception {
        Receiver receiver = fixture.receiver();
        fixture.send(1, 1);
        Delivery delivery = receive(receiver, 1).get(0);
        CompletableFuture<List<Delivery>> poll = InSocket.waiting(() -> receiver.poll(1, LONG));
        delivery.accept();

        assertThat(poll.get(10, TimeUnit.SECONDS)).isEmpty();
        assertThat(fixture.cli("XPENDING", fixture.key, "g").lines().findFirst())
                .contains("0");
    }

    @Test
    @DisplayName("an interrupt ends the poll that waits, and stays")
    void interrupt() throws Exception {
        Receiver receiver = fixture.receiver();
        Thread.currentThread().interrupt();

        assertThat(receiver.poll(1, LONG)).isEmpty();
        assertThat(Thread.interrupted()).isTrue();
        fixture.send(1, 1);
        assertThat(ids(receive(receiver, 1))).isEqualTo(numbered(1, 1));
    }

    @Test
    @DisplayName("what arrives while a poll waits ends it at once")
    void promptArrival() throws Exception {
        int arrivals = 40;
        Receiver receiver = fixture.receiver();
        receiver.poll(1, Duration.ofMillis(10));
        Sender sender = fixture.sender();
        long start = System.nanoTime();
        for (int number = 1; number <= arrivals; number++) {
            CompletableFuture<List<Delivery>> poll = InSocket.waiting(() -> receiver.poll(1, LONG));
            RedisSenderTest.sendNow(sender, new Destination.Topic(fixture.topic), Fixture.message(number));
            List<Delivery> arrived = poll.get(LONG.toSeconds(), TimeUnit.SECONDS);

            assertThat(ids(arrived)).isEqualTo(numbered(number, number));
            arrived.forEach(Delivery::accept);
        }

        // the machine may hold up some of them for seconds, not each of them until the poll looks around
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isLessThan(LOOK.multipliedBy(arrivals).dividedBy(2));
    }

    @Test
    @DisplayName("two members share a group")
    void competing() throws Exception {
        Receiver first = fixture.receiver("first");
        Receiver second = fixture.receiver("second");
        first.poll(1, Duration.ofMillis(10));
        second.poll(1, Duration.ofMillis(10));
        fixture.send(1, 2);

        assertThat(List.of(
                        receive(first, 1).get(0).message().id(),
                        receive(second, 1).get(0).message().id()))
                .containsExactlyInAnyOrder("id-1", "id-2");
    }

    @Test
    @DisplayName("what a leaving member had goes to another one at once, in order")
    void handedOver() throws Exception {
        Receiver leaving = fixture.receiver("leaving");
        fixture.send(1, 20);
        Delivery running = receive(leaving, 10).get(0);
        Receiver other = fixture.receiver("other");
        other.poll(1, Duration.ofMillis(10));
        leaving.drain();
        running.accept();
        leaving.close();

        assertThat(ids(receive(other, 19))).isEqualTo(numbered(2, 20));
    }

    @Test
    @DisplayName("what a draining member gives back goes to another one once it polls, before it leaves")
    void handedOverBeforeLeaving() throws Exception {
        Receiver other = fixture.receiver("other");
        fixture.send(1, 1);
        receive(other, 1).forEach(Delivery::accept);
        other.poll(0, Duration.ZERO);
        Receiver leaving = fixture.receiver("leaving");
        fixture.send(2, 21);
        List<Delivery> deliveries = receive(leaving, 20);
        leaving.drain();
        deliveries.subList(10, 20).forEach(Delivery::release);
        leaving.poll(0, Duration.ZERO);

        assertThat(ids(receive(other, 10))).isEqualTo(numbered(12, 21));
    }

    @Test
    @DisplayName("what a leaving member had is taken over in one step")
    void handedOverTogether() throws Exception {
        Receiver leaving = fixture.receiver("leaving");
        fixture.send(1, 20);
        receive(leaving, 20);
        leaving.close();

        assertThat(ids(fixture.receiver("other").poll(20, LONG))).isEqualTo(numbered(1, 20));
    }

    @Test
    @DisplayName("what the member before may have died of comes alone")
    void alone() throws Exception {
        Receiver dead = fixture.receiver();
        fixture.send(1, 20);
        receive(dead, 20);

        assertThat(ids(fixture.receiver().poll(20, LONG))).isEqualTo(numbered(1, 1));
    }

    @Test
    @DisplayName("a member that has left in order is forgotten")
    void forgotten() throws Exception {
        Receiver receiver = fixture.receiver("gone");
        fixture.send(1, 2);
        receive(receiver, 2).get(0).accept();
        receiver.close();

        assertThat(fixture.cli("XINFO", "CONSUMERS", fixture.key, "g"))
                .doesNotContain("gone")
                .contains("handed back");
    }

    @Test
    @DisplayName("a new group may begin with the earliest event")
    void earliest() throws Exception {
        fixture.send(1, 3);
        ReceiverSpec spec =
                new ReceiverSpec(fixture.group, "m", Set.of(RoutingPattern.ALL), 10, StartFrom.EARLIEST, false);

        assertThat(ids(receive(fixture.receiver(spec), 3))).isEqualTo(numbered(1, 3));
    }

    @Test
    @DisplayName("an ephemeral subscription gets what is sent from then on, and makes nothing")
    void ephemeral() throws Exception {
        fixture.send(1, 1);
        Receiver receiver = fixture.receiver(Fixture.spec(new Group(fixture.topic, "e"), "m", true));
        fixture.send(2, 5);

        List<Delivery> deliveries = receive(receiver, 4);
        assertThat(ids(deliveries)).isEqualTo(numbered(2, 5));
        deliveries.forEach(Delivery::accept);
        deliveries.forEach(Delivery::release);
        assertThat(fixture.cli("XINFO", "GROUPS", fixture.key)).isEmpty();
        receiver.drain();
        fixture.send(6, 6);
        assertThat(receiver.poll(1, Duration.ofMillis(50))).isEmpty();
    }

    @Test
    @DisplayName("an ephemeral subscription is woken, and says when it was closed")
    void ephemeralWakeup() throws Exception {
        Receiver receiver = fixture.receiver(Fixture.spec(new Group(fixture.topic, "e"), "m", true));
        CompletableFuture<List<Delivery>> poll = InSocket.waiting(() -> receiver.poll(1, LONG));
        receiver.wakeup();

        assertThat(poll.get(10, TimeUnit.SECONDS)).isEmpty();
        receiver.close();
        receiver.close();
        assertThatThrownBy(() -> receiver.poll(1, LONG)).isInstanceOf(TransportException.class);
    }

    @Test
    @DisplayName("an ephemeral subscription does not ask where its stream stands as long as each read finds something")
    void ephemeralUnderLoad() throws Exception {
        RedisBroker broker = fixture.closing(RedisBroker.launch());
        Fixture loaded = new Fixture(broker, broker.url(), Map.of());
        AutoCloseable end = loaded::close;
        fixture.closing(end);
        Receiver receiver = loaded.receiver(Fixture.spec(loaded.group, "m", true));
        broker.cli("CONFIG", "RESETSTAT");
        long start = System.nanoTime();
        for (int number = 1; System.nanoTime() - start < TimeUnit.SECONDS.toNanos(2); number++) {
            loaded.send(number, number);
            receive(receiver, 1);
        }

        assertThat(loaded.cli("INFO", "commandstats"))
                .contains("cmdstat_xread:")
                .doesNotContain("cmdstat_eval", "cmdstat_xinfo");
    }

    @Test
    @DisplayName("a message of a foreign sender is handed over")
    void foreign() throws Exception {
        Receiver receiver = fixture.receiver();
        fixture.cli("XADD", fixture.key, "*", "temperature", "17");
        Delivery delivery = receive(receiver, 1).get(0);

        assertThat(delivery.message().headers()).containsEntry("temperature", "17");
        assertThat(delivery.message().id()).isEmpty();
    }
}
