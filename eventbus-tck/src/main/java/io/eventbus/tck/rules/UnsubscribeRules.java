package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.eventbus.Event;
import io.eventbus.Subscription;
import io.eventbus.tck.Aside;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Collected;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Hold;
import io.eventbus.tck.Kit;
import io.eventbus.tck.QuietWindow;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Witness;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** SUB-7: the end of a subscription. */
@Conformance
public class UnsubscribeRules {

    private static final int EVENTS = 400;
    private static final int BEFORE = 20;
    private static final int KEYS = 16;

    /** Run by JUnit. */
    public UnsubscribeRules() {}

    @Test
    @Rule("SUB-7")
    @DisplayName("after unsubscribe no handler starts, and the group's backlog waits for the next subscription")
    final void backlogWaits(Kit kit) {
        String topic = kit.name("topic");
        Witness first = new Witness();
        BusUnderTest member = kit.member(topic, kit.name("group"));
        Subscription subscription = member.bus().subscribe(Sample.Placed.class, first);
        member.start();
        Witness other = new Witness();
        kit.member(topic, kit.name("group"), other);
        BusUnderTest publisher = kit.publisher(topic);
        publish(publisher, 0);
        kit.await().precondition().count("the first handlers", first.calls(), BEFORE);
        publish(publisher, EVENTS);

        subscription.close();

        List<Integer> before = first.numbers();
        publish(publisher, 2 * EVENTS);
        kit.await().count("all events in another group", other.calls(), 3 * EVENTS);
        kit.quiet().holds("no handler starts", () -> first.calls().size() == before.size());
        Witness next = new Witness();
        member.bus().subscribe(Sample.Placed.class, next);
        int backlog = 3 * EVENTS - before.size();
        kit.await().count("the backlog", next.calls(), backlog);
        keys().forEach(key -> kit.fence(publisher, key, next));
        assertEquals(
                IntStream.range(0, 3 * EVENTS).boxed().toList(),
                Stream.concat(before.stream(), next.numbers().stream()).sorted().toList(),
                "what both have handled");
    }

    private static void publish(BusUnderTest publisher, int from) {
        IntStream.range(from, from + EVENTS)
                .forEach(i -> publisher.bus().publishAsync(Sample.placed("k" + i % KEYS, i)));
    }

    private static Stream<String> keys() {
        return IntStream.range(0, KEYS).mapToObj(i -> "k" + i);
    }

    @Test
    @Rule("SUB-7")
    @DisplayName("unsubscribe waits for the handler that runs, and its event does not come again")
    final void waitsForRunningHandler(Kit kit) {
        String topic = kit.name("topic");
        Hold hold = new Hold();
        Collected<Integer> ended = new Collected<>();
        QuietWindow quiet = kit.quiet();
        Duration closeTimeout = quiet.length().plus(kit.timing().slack(Duration.ofSeconds(10)));
        BusUnderTest member =
                kit.bus(topic, builder -> builder.group(kit.name("group")).closeTimeout(closeTimeout));
        Subscription subscription = member.bus().subscribe(Sample.Placed.class, event -> {
            hold.here();
            ended.add(event.payload().number());
        });
        member.start();
        BusUnderTest publisher = kit.publisher(topic);
        publisher.bus().publish(List.of(Sample.placed("k", 1), Sample.placed("k", 2)));
        kit.await().precondition().count("the running handler", hold.arrivals(), 1);
        CompletableFuture<List<Integer>> whenClosed = Aside.get(() -> {
            subscription.close();
            return ended.snapshot();
        });
        quiet.holds("unsubscribe waits", () -> !whenClosed.isDone());
        hold.release();
        assertEquals(List.of(1), kit.await().result("the end of unsubscribe", whenClosed), "handled before its end");
        Witness next = new Witness();
        member.bus().subscribe(Sample.Placed.class, next);
        kit.fence(publisher, "k", next);
        assertEquals(List.of(2), next.numbers(), "the backlog");
    }

    @Test
    @Rule("SUB-7")
    @DisplayName("after one of two subscriptions of a group has ended, only the other gets events")
    final void otherGoesOn(Kit kit) {
        String topic = kit.name("topic");
        Witness ending = new Witness();
        Witness staying = new Witness();
        BusUnderTest member = kit.member(topic, kit.name("group"));
        Subscription subscription = member.bus().subscribe(Sample.Placed.class, ending);
        member.bus().subscribe(Sample.Placed.class, staying);
        member.start();
        BusUnderTest publisher = kit.publisher(topic);
        publisher.bus().publish(Sample.placed("k", 1));
        kit.fence(publisher, "k", ending, staying);
        subscription.close();
        subscription.close();
        publisher.bus().publish(List.of(Sample.placed("k", 2), Sample.placed("k", 3)));
        kit.fence(publisher, "k", staying);
        assertEquals(List.of(1), ending.numbers(), "the subscription that has ended");
        assertEquals(List.of(1, 2, 3), staying.numbers(), "the other");
        assertFalse(ending.calls().snapshot().stream().anyMatch(Event::redelivered));
        assertEquals(1, member.bus().subscriberCount(), "subscriptions");
    }
}
