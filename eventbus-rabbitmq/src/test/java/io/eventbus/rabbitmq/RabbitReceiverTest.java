package io.eventbus.rabbitmq;

import static io.eventbus.rabbitmq.Fixture.ids;
import static io.eventbus.rabbitmq.Fixture.message;
import static io.eventbus.rabbitmq.Fixture.numbered;
import static io.eventbus.rabbitmq.Fixture.receive;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import io.eventbus.spi.Capability;
import io.eventbus.spi.Delivery;
import io.eventbus.spi.Destination;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.RoutingPattern;
import io.eventbus.spi.TransportException;
import io.eventbus.tck.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@ValueSource(strings = {"quorum", "classic"})
class RabbitReceiverTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Await AWAIT = Await.atMost(Fixture.PATIENCE);

    @Parameter
    String queueType;

    private Fixture fixture;

    @BeforeEach
    void open() throws Exception {
        fixture = new Fixture(queueType);
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
    @DisplayName("a member that asks for one message after another has the broker count no other as delivered")
    void oneByOne() throws Exception {
        Receiver receiver = fixture.receiver();
        fixture.send(1, 3);
        assertThat(ids(receive(receiver, 1))).isEqualTo(numbered(1, 1));
        receiver.close();

        assertThat(receive(fixture.receiver(), 3))
                .extracting(Delivery::deliveryCount)
                .endsWith(1, 1);
    }

    @Test
    @DisplayName("a session that begins while another ends gets nothing before what that one gives back")
    void successor() throws Exception {
        Receiver first = fixture.receiver();
        fixture.send(1, 40);
        receive(first, 10);
        Receiver second = fixture.receiver();

        assertThat(second.poll(10, Duration.ZERO)).isEmpty();
        first.close();
        assertThat(ids(receive(second, 40))).isEqualTo(numbered(1, 40));
    }

    @Test
    @DisplayName("no more is handed over unsettled than the receiver may hold")
    void prefetch() throws Exception {
        Receiver receiver = fixture.receiver(fixture.group, 2);
        fixture.send(1, 3);
        List<Delivery> two = receive(receiver, 2);

        assertThat(receiver.poll(10, Duration.ofMillis(200))).isEmpty();
        two.get(0).accept();
        assertThat(ids(receive(receiver, 1))).isEqualTo(numbered(3, 3));
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

        assertThat(ids(receive(fixture.receiver(fixture.group, 200), 200))).isEqualTo(numbered(1, 200));
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
        Receiver receiver = fixture.receiver(fixture.group, 200);
        fixture.send(1, 300);
        List<Delivery> deliveries = receive(receiver, 150);
        deliveries.subList(10, 150).forEach(Delivery::release);
        receiver.drain();
        deliveries.subList(5, 10).forEach(Delivery::release);
        receiver.poll(0, Duration.ZERO);
        deliveries.subList(0, 5).forEach(Delivery::accept);
        receiver.close();

        assertThat(ids(receive(fixture.receiver(fixture.group, 300), 295))).isEqualTo(numbered(6, 300));
    }

    @Test
    @DisplayName("a session that has only been asked for nothing is pushed nothing, which the broker would count")
    void askedForNothing() throws Exception {
        Receiver receiver = fixture.receiver();
        fixture.send(1, 2);
        receiver.poll(0, Duration.ZERO);
        receiver.poll(0, Duration.ZERO);
        assertThat(fixture.transport.admin().describe(fixture.group).members()).isZero();

        assertThat(ids(receive(receiver, 2))).isEqualTo(numbered(1, 2));
    }

    @Test
    @DisplayName("a delivery count that a publisher wrote is not believed, neither at first nor when the broker counts")
    void deliveryCountOfPublisher() throws Exception {
        Receiver receiver = fixture.receiver();
        BasicProperties lying = new BasicProperties.Builder()
                .headers(Map.of("x-delivery-count", 99L))
                .build();
        try (Channel channel = fixture.channel()) {
            channel.basicPublish(fixture.topic, "some.key", lying, new byte[] {7});
        }
        Delivery first = receive(receiver, 1).get(0);
        assertThat(first.deliveryCount()).isEqualTo(1);
        if (queueType.equals("quorum")) {
            first.release();
            assertThat(receive(receiver, 1).get(0).deliveryCount()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("the delivery count grows where it is declared, and is 1 where it is not")
    void deliveryCount() throws Exception {
        Receiver receiver = fixture.receiver();
        fixture.send(1, 1);
        for (int count = 1; count <= 3; count++) {
            Delivery delivery = receive(receiver, 1).get(0);

            assertThat(delivery.deliveryCount()).isEqualTo(queueType.equals("quorum") ? count : 1);
            delivery.release();
        }
        assertThat(fixture.transport.capabilities().contains(Capability.DELIVERY_COUNT))
                .isEqualTo(queueType.equals("quorum"));
    }

    @Test
    @DisplayName("another thread's settlement is sent while a poll waits")
    void promptAck() throws Exception {
        Receiver receiver = fixture.receiver(fixture.group, 1);
        // there is nothing to fetch, so that the broker pushes from now on, one at a time
        assertThat(receiver.poll(1, Duration.ZERO)).isEmpty();
        fixture.send(1, 2);
        Delivery delivery = receive(receiver, 1).get(0);
        PollingThread poll = new PollingThread(receiver);
        delivery.accept();

        // the acknowledgement ends the poll, unless it was sent before and what follows has come
        List<Delivery> next = new ArrayList<>(poll.result());
        next.addAll(receive(receiver, 1 - next.size()));
        assertThat(ids(next)).isEqualTo(numbered(2, 2));
    }

    @Test
    @DisplayName("wakeup ends the poll that waits")
    void wakeup() throws Exception {
        Receiver receiver = fixture.receiver();
        PollingThread poll = new PollingThread(receiver);
        receiver.wakeup();

        assertThat(poll.result()).isEmpty();
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
    @DisplayName("two members share a group")
    void competing() throws Exception {
        Receiver first = fixture.receiver(fixture.group, 1);
        Receiver second = fixture.receiver(fixture.group, 1);
        fixture.send(1, 2);

        assertThat(List.of(
                        receive(first, 1).get(0).message().id(),
                        receive(second, 1).get(0).message().id()))
                .containsExactlyInAnyOrder("id-1", "id-2");
    }

    @Test
    @DisplayName("a group gets what matches any of its patterns, once, by routing key or by type key")
    void patterns() throws Exception {
        Receiver receiver = fixture.receiver(
                Fixture.spec(fixture.group, 10, false, new RoutingPattern("Order.*"), new RoutingPattern("eu.#")));
        Destination topic = new Destination.Topic(fixture.topic);
        var sender = fixture.sender();
        Fixture.await(sender.send(topic, message("both", "eu.orders")));
        Fixture.await(sender.send(topic, message("type", "us.orders")));
        receiver.bind(new RoutingPattern("us.#"));
        Fixture.await(sender.send(topic, message("all", "us.orders")));

        List<Delivery> deliveries = receive(receiver, 3);
        assertThat(ids(deliveries)).containsExactly("both", "type", "all");
        assertThat(deliveries.get(1).message().routingKey()).isEqualTo("us.orders");
        assertThat(receiver.poll(1, Duration.ofMillis(200))).isEmpty();
    }

    @Test
    @DisplayName("a pattern asked for later is heard from then on")
    void bind() throws Exception {
        Receiver receiver = fixture.receiver(Fixture.spec(fixture.group, 10, false, new RoutingPattern("Invoice.*")));
        fixture.send(1, 1);
        receiver.bind(new RoutingPattern("Order.*"));
        fixture.send(2, 2);

        assertThat(ids(receive(receiver, 1))).isEqualTo(numbered(2, 2));
    }

    @Test
    @DisplayName("a queue that is deleted ends the session, with the reason")
    void queueDeleted() throws Exception {
        Receiver receiver = fixture.receiver();
        receiver.poll(2, Duration.ZERO);
        try (Channel channel = fixture.channel()) {
            channel.queueDelete(RabbitNames.queue(fixture.group));
        }

        assertThatThrownBy(() -> receiver.poll(1, LONG))
                .isInstanceOfSatisfying(
                        TransportException.class,
                        e -> assertThat(e.kind()).isEqualTo(TransportException.Kind.UNAVAILABLE))
                .hasMessageContaining(RabbitNames.queue(fixture.group))
                .hasMessageContaining("deleted");
    }

    @Test
    @DisplayName("idle receivers close at once, and twice")
    void closesQuickly() {
        List<Receiver> receivers =
                Stream.generate(() -> fixture.receiver()).limit(10).toList();
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
    @DisplayName("an ephemeral group leaves no queue behind")
    void ephemeral() throws Exception {
        Receiver receiver = fixture.receiver(Fixture.spec(fixture.group, 10, true, RoutingPattern.ALL));
        fixture.send(1, 1);
        assertThat(ids(receive(receiver, 1))).isEqualTo(numbered(1, 1));
        assertThat(fixture.transport.admin().describe(fixture.group).members()).isEqualTo(1);
        receiver.close();

        assertThatThrownBy(() -> ready(RabbitNames.queue(fixture.group))).hasStackTraceContaining("NOT_FOUND");
        assertThatThrownBy(() -> ready(RabbitNames.deadLetterQueue(fixture.group)))
                .hasStackTraceContaining("NOT_FOUND");
    }

    @Test
    @DisplayName("a message of a foreign sender is handed over")
    void foreign() throws Exception {
        Receiver receiver = fixture.receiver();
        try (Channel channel = fixture.channel()) {
            channel.basicPublish(fixture.topic, "some.key", null, new byte[] {7});
        }
        Delivery delivery = receive(receiver, 1).get(0);

        assertThat(delivery.message().body()).containsExactly(7);
        assertThat(delivery.message().id()).isEmpty();
        assertThat(delivery.message().routingKey()).isEqualTo("some.key");
    }

    private long ready(String queue) throws Exception {
        try (Channel channel = fixture.channel()) {
            return channel.queueDeclarePassive(queue).getMessageCount();
        }
    }

    /** A thread that waits in a poll as soon as this exists. */
    private static final class PollingThread {

        private final CompletableFuture<List<Delivery>> polled = new CompletableFuture<>();

        PollingThread(Receiver receiver) {
            Thread thread = new Thread(() -> polled.complete(receiver.poll(1, LONG)));
            thread.start();
            AWAIT.until("a poll that waits", () -> thread.getState() == Thread.State.TIMED_WAITING);
        }

        List<Delivery> result() throws Exception {
            return polled.get(10, TimeUnit.SECONDS);
        }
    }
}
