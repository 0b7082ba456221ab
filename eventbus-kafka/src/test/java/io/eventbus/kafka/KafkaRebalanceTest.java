package io.eventbus.kafka;

import static io.eventbus.kafka.Fixture.ids;
import static io.eventbus.kafka.Fixture.message;
import static io.eventbus.kafka.Fixture.receive;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.spi.Delivery;
import io.eventbus.spi.Destination;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.ReceiverSpec;
import io.eventbus.spi.Revocations;
import io.eventbus.spi.Sender;
import io.eventbus.spi.StartFrom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of deliveries when partitions change hands, on a real broker, with either protocol for groups. */
class KafkaRebalanceTest {

    private static final int EVENTS = 40;
    private static final int POLLS_FOR_MORE = 40;

    /** Stands in for the engine: accepts what was handled, and tells what was taken away. */
    private static final class Handlers implements Revocations {

        private final List<Delivery> held = new ArrayList<>();
        private final List<Delivery> lost = new CopyOnWriteArrayList<>(); // whoever joins looks at it
        private final List<Duration> bounds = new ArrayList<>();
        private final boolean finishing;

        /** @param finishing whether handlers end in time when deliveries are taken away */
        Handlers(boolean finishing) {
            this.finishing = finishing;
        }

        @Override
        public void revoking(Predicate<Delivery> which, Duration within) {
            bounds.add(within);
            List<Delivery> going = held.stream().filter(which).toList();
            held.removeAll(going);
            lost.addAll(going);
            if (finishing) {
                going.forEach(Delivery::accept);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "consumer"})
    @DisplayName("what is handled in time when a member joins is not delivered again, and nothing is lost")
    void handledInTime(String protocol) throws Exception {
        try (Fixture fixture = fixture(protocol)) {
            Handlers handlers = new Handlers(true);
            Receiver first = fixture.receiver(handlers);
            List<Delivery> second = share(fixture, handlers, first);

            assertThat(handlers.lost).isNotEmpty();
            assertThat(handlers.held).isNotEmpty();
            assertThat(handlers.bounds).contains(Duration.ofSeconds(2));
            assertThat(ids(second)).doesNotContainAnyElementsOf(ids(handlers.lost));

            first.close();
            List<Delivery> rest = receive(fixture.receiver(), EVENTS - handlers.lost.size());
            assertThat(ids(rest)).containsExactlyInAnyOrderElementsOf(ids(handlers.held));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "consumer"})
    @DisplayName("what is not handled in time goes to the member that joined, once, and that was no crash")
    void notInTime(String protocol) throws Exception {
        try (Fixture fixture = fixture(protocol)) {
            Handlers handlers = new Handlers(false);
            List<Delivery> second = share(fixture, handlers, fixture.receiver(handlers));
            handlers.lost.forEach(Delivery::accept); // too late: it belongs to the other

            assertThat(handlers.lost).isNotEmpty();
            assertThat(ids(second)).containsExactlyInAnyOrderElementsOf(ids(handlers.lost));
            assertThat(second).allMatch(delivery -> delivery.deliveryCount() == 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "consumer"})
    @DisplayName("a member that vanishes loses its partitions to the other, which counts another delivery")
    void vanished(String protocol) throws Exception {
        try (Fixture fixture = fixture(protocol);
                Fixture doomed = fixture(protocol)) {
            Receiver first = doomed.closing(doomed.transport.openReceiver(spec(fixture), new Handlers(false)));
            sendAll(fixture);
            List<Delivery> taken = receive(first, EVENTS);
            IntStream.range(0, 10).forEach(index -> taken.get(index).accept());
            fixture.pollUntilCommitted(first, EVENTS - 10);
            ((KafkaTransport.Cuttable) first).cut();
            first.close();

            List<Delivery> again = receive(fixture.receiver(), EVENTS - 10);
            assertThat(ids(again)).doesNotContainAnyElementsOf(ids(taken.subList(0, 10)));
            assertThat(again).allMatch(delivery -> delivery.deliveryCount() == 2);
        }
    }

    /** One member holds all events when another joins; returns what that one is given beside what nobody holds any more. */
    private static List<Delivery> share(Fixture fixture, Handlers handlers, Receiver first) throws Exception {
        sendAll(fixture);
        handlers.held.addAll(receive(first, EVENTS));
        CompletableFuture<List<Delivery>> joined = CompletableFuture.supplyAsync(() -> join(fixture, handlers));
        while (!isDone(joined)) {
            first.poll(0, Duration.ofMillis(50));
        }
        return joined.get();
    }

    /** Until the other has lost something, what it did not finish has come, and for a while no more comes. */
    private static List<Delivery> join(Fixture fixture, Handlers others) {
        Receiver second = fixture.transport.openReceiver(spec(fixture), new Handlers(false));
        List<Delivery> received = new ArrayList<>();
        long end = System.nanoTime() + Fixture.WAIT.toNanos();
        while ((others.lost.isEmpty() || (!others.finishing && received.size() < others.lost.size()))
                && System.nanoTime() < end) {
            received.addAll(second.poll(100, Duration.ofMillis(100)));
        }
        for (int polls = 0; polls < POLLS_FOR_MORE; polls++) {
            received.addAll(second.poll(100, Duration.ofMillis(100)));
        }
        second.close();
        return received;
    }

    private static void sendAll(Fixture fixture) throws Exception {
        Sender sender = fixture.sender();
        for (int number = 0; number < EVENTS; number++) {
            Fixture.await(sender.send(new Destination.Topic(fixture.topic), message("id-" + number, "key-" + number)));
        }
    }

    private static boolean isDone(CompletableFuture<?> future) throws Exception {
        try {
            future.get(1, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    private static ReceiverSpec spec(Fixture fixture) {
        return Fixture.spec(fixture.group, StartFrom.LATEST, false);
    }

    private static Fixture fixture(String protocol) {
        return new Fixture(Map.of("kafka.group-protocol", protocol));
    }
}
