package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.eventbus.Event;
import io.eventbus.spi.Delivery;
import io.eventbus.spi.Group;
import io.eventbus.spi.Message;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.ReceiverSpec;
import io.eventbus.spi.RoutingPattern;
import io.eventbus.spi.StartFrom;
import io.eventbus.tck.Aside;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** ACK-8: what settling does to a transport, seen without an engine, which would not settle twice or late. */
@Conformance
public class SettlementRules {

    /** Run by JUnit. */
    public SettlementRules() {}

    @Test
    @Rule("ACK-8")
    @DisplayName("of several settlements of a delivery the first counts, and the session goes on")
    final void twice(Kit kit) {
        Seat seat = Seat.of(kit);
        Receiver receiver = seat.open();
        List<String> ids = seat.publish(2);
        List<Delivery> deliveries = seat.receive(receiver, 2);
        deliveries.get(0).accept();
        deliveries.get(0).accept();
        deliveries.get(0).release();
        deliveries.get(1).release();
        Delivery again = seat.receive(receiver, 1).get(0);
        assertEquals(ids.get(1), again.message().id(), "what was given back");
        deliveries.get(0).release();
        deliveries.get(1).accept();
        receiver.poll(0, Duration.ZERO);
        again.release();
        assertEquals(List.of(ids.get(1)), seat.receiveIds(receiver, 1), "what was given back, accepted late");
        assertEquals(seat.publish(1), seat.receiveIds(receiver, 1), "what was sent after");
    }

    @Test
    @Rule("ACK-8")
    @DisplayName("settling after the end of a session does nothing, neither to it nor to the next member")
    final void afterEnd(Kit kit) {
        Seat seat = Seat.of(kit);
        Receiver left = seat.open();
        List<String> ids = seat.publish(4);
        List<Delivery> late = seat.receive(left, 4);
        left.close();
        late.get(0).accept();
        late.get(1).release();
        Receiver next = seat.open();
        List<Delivery> again = seat.receive(next, 4);
        assertEquals(ids, ids(again), "what was not settled in time");
        late.get(2).accept();
        late.get(3).release();
        next.poll(0, Duration.ZERO);
        again.get(0).accept();
        again.get(1).accept();
        next.close();
        assertEquals(ids.subList(2, 4), seat.receiveIds(seat.open(), 2), "what the next member did not settle");
    }

    @Test
    @Rule("ACK-8")
    @DisplayName("settling after the end of the transport does nothing")
    final void afterTransport(Kit kit) {
        Seat seat = Seat.of(kit);
        BusUnderTest gone = kit.publisher(seat.topic);
        Receiver receiver = seat.open(gone);
        List<String> ids = seat.publish(2);
        List<Delivery> late = seat.receive(receiver, 2);
        receiver.close();
        gone.close();
        late.get(0).accept();
        late.get(1).release();
        assertEquals(ids, seat.receiveIds(seat.open(), 2));
    }

    @Test
    @Rule("ACK-8")
    @DisplayName("any thread may settle, each in its own time")
    final void anyThread(Kit kit) {
        Seat seat = Seat.of(kit);
        Receiver receiver = seat.open();
        seat.publish(8);
        CompletableFuture<?>[] settled = seat.receive(receiver, 8).stream()
                .map(delivery -> Aside.run(delivery::accept))
                .toArray(CompletableFuture[]::new);
        kit.await().result("all settlements", CompletableFuture.allOf(settled));
        receiver.poll(0, Duration.ZERO);
        receiver.close();
        List<String> later = seat.publish(1);
        assertEquals(later, seat.receiveIds(seat.open(), 1), "what comes first after all was accepted");
    }

    @Test
    @Rule("ACK-8")
    @DisplayName("what a member has not settled is delivered again after it has left, in the old order")
    final void unsettled(Kit kit) {
        Seat seat = Seat.of(kit);
        Receiver left = seat.open();
        List<String> ids = seat.publish(5);
        List<Delivery> deliveries = seat.receive(left, 4);
        deliveries.get(1).accept();
        deliveries.get(2).release();
        left.close();
        assertEquals(List.of(ids.get(0), ids.get(2), ids.get(3), ids.get(4)), seat.receiveIds(seat.open(), 4));
    }

    private static List<String> ids(List<Delivery> deliveries) {
        return deliveries.stream().map(Delivery::message).map(Message::id).toList();
    }

    /** Where one member of a group sits at a time, beside a bus that publishes. */
    private record Seat(Kit kit, String topic, Group group, BusUnderTest publisher) {

        private static final String KEY = "key";
        private static final int ROOM = 10;
        private static final Duration SHORT = Duration.ofMillis(100);

        static Seat of(Kit kit) {
            String topic = kit.name("topic");
            return new Seat(kit, topic, new Group(topic, kit.name("group")), kit.publisher(topic));
        }

        Receiver open() {
            return open(publisher);
        }

        /** On this thread, which then polls; a transport that never comes back is interrupted. */
        Receiver open(BusUnderTest beside) {
            ReceiverSpec spec = new ReceiverSpec(
                    group, kit.name("member"), Set.of(RoutingPattern.ALL), ROOM, StartFrom.LATEST, false);
            Duration limit = kit.timing().times(Timing.POSITIVE_WAIT);
            CompletableFuture<Void> interruption = CompletableFuture.runAsync(
                    Thread.currentThread()::interrupt,
                    CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS));
            try {
                return kit.closing(beside.openReceiver(spec));
            } finally {
                interruption.cancel(false);
            }
        }

        List<String> publish(int count) {
            List<Event<Sample.Placed>> events = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                events.add(Event.of(Sample.placed(KEY, i)));
            }
            publisher.bus().publish(events);
            return events.stream().map(Event::id).toList();
        }

        List<Delivery> receive(Receiver receiver, int count) {
            List<Delivery> received = new ArrayList<>();
            kit.await().until(count + " deliveries", () -> {
                received.addAll(receiver.poll(count - received.size(), SHORT));
                return received.size() == count;
            });
            return received;
        }

        List<String> receiveIds(Receiver receiver, int count) {
            return ids(receive(receiver, count));
        }
    }
}
