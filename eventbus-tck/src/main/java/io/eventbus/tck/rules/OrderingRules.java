package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.eventbus.DeadLetter;
import io.eventbus.Event;
import io.eventbus.Health;
import io.eventbus.spi.Group;
import io.eventbus.tck.Aside;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Hold;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Scenario;
import io.eventbus.tck.Stress;
import io.eventbus.tck.Witness;
import io.eventbus.tck.history.Reachability;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** ORD: the order in which the events of a key are handled. */
@Conformance
public class OrderingRules {

    private static final String KEY = "key";
    private static final int ORDERED_EVENTS = 5_000;
    private static final int ORDERED_KEYS = 64;
    private static final int EXCLUSIVE_EVENTS = 2_000;
    private static final int EXCLUSIVE_KEYS = 16;
    private static final int OTHER_KEYS = 64;

    /** Run by JUnit. */
    public OrderingRules() {}

    @Test
    @Rule("ORD-1")
    @DisplayName("events of a key are first handled in publish order, however they are published")
    final void publishOrder(Kit kit) {
        Scenario scenario = new Scenario(kit);
        Random random = scenario.random();
        Group group = scenario.group();
        int events = Stress.times(ORDERED_EVENTS);
        long[] work = random.longs(events, 0, 100_000).toArray();
        scenario.member(
                group, event -> LockSupport.parkNanos(work[event.payload().number()]));
        BusUnderTest publisher = scenario.publisher();
        for (int i = 0; i < events; ) {
            i = publishSome(scenario, publisher, i, events);
        }
        scenario.awaitHandled(group, events);
        scenario.fence(publisher);
        scenario.check(checker -> checker.mustReach(Reachability.lanesBusy(2)));
    }

    /** One in ten awaited, one in ten at the head of a list, the others without waiting; the number of the next. */
    private static int publishSome(Scenario scenario, BusUnderTest publisher, int first, int end) {
        Random random = scenario.random();
        int way = random.nextInt(10);
        int count = way == 0 ? Math.min(end - first, 1 + random.nextInt(20)) : 1;
        List<Event<Sample.Placed>> events = IntStream.range(first, first + count)
                .mapToObj(i -> Event.of(Sample.placed("key " + random.nextInt(ORDERED_KEYS), i)))
                .toList();
        switch (way) {
            case 0 -> scenario.publish(publisher, events);
            case 1 -> scenario.publish(publisher, events.get(0));
            default -> scenario.publishAsync(publisher, events.get(0));
        }
        return first + count;
    }

    @Test
    @Rule("ORD-3")
    @DisplayName("a member does not handle two events of a key at the same time")
    final void exclusion(Kit kit) {
        Scenario scenario = new Scenario(kit);
        Group group = scenario.group();
        long[] work = work(scenario);
        for (int i = 0; i < 3; i++) {
            scenario.member(
                    group,
                    event -> LockSupport.parkNanos(work[event.payload().number()]),
                    builder -> builder.handlerConcurrency(8).maxInFlight(64));
        }
        checkExclusion(scenario, group);
    }

    @Test
    @Rule("ORD-3")
    @DisplayName("a member does not begin with an event while the stage of one with the same key is not complete")
    final void exclusionOfStages(Kit kit) {
        Scenario scenario = new Scenario(kit);
        Group group = scenario.group();
        long[] work = work(scenario);
        for (int i = 0; i < 3; i++) {
            BusUnderTest member = kit.bus(
                    scenario.topic(),
                    builder -> builder.group(group.name()).handlerConcurrency(8).maxInFlight(64));
            member.bus()
                    .subscribeAsync(
                            Sample.Placed.class,
                            scenario.asyncHandler(
                                    member,
                                    group,
                                    event -> Aside.run(() -> LockSupport.parkNanos(
                                            work[event.payload().number()]))));
            scenario.join(member, group);
        }
        checkExclusion(scenario, group);
    }

    /** How long each event is worked at, up to 5 ms. */
    private static long[] work(Scenario scenario) {
        return scenario.random().longs(EXCLUSIVE_EVENTS, 0, 5_000_000).toArray();
    }

    private static void checkExclusion(Scenario scenario, Group group) {
        BusUnderTest publisher = scenario.publisher();
        List<Event<Sample.Placed>> events = IntStream.range(0, EXCLUSIVE_EVENTS)
                .mapToObj(i -> Event.of(Sample.placed("key " + scenario.random().nextInt(EXCLUSIVE_KEYS), i)))
                .toList();
        scenario.publish(publisher, events);
        scenario.awaitHandled(group, EXCLUSIVE_EVENTS);
        scenario.check(checker -> checker.mustReach(Reachability.lanesBusy(2)));
    }

    @Test
    @Rule("ORD-4")
    @DisplayName("while an event waits for its next attempt, later events of its key are not handled")
    final void retryHoldsItsKey(Kit kit) {
        String topic = kit.name("topic");
        Hold hold = new Hold();
        Witness witness = new Witness(event -> {
            int number = event.payload().number();
            if (number == 1) {
                hold.here();
            } else if (number == 2 && event.attempt() <= 2) {
                throw new IllegalStateException("told to fail");
            }
        });
        kit.member(topic, kit.name("group"), witness);
        BusUnderTest publisher = kit.publisher(topic);
        publishFive(kit, publisher, witness);
        hold.release();
        kit.fence(publisher, KEY, witness);
        assertEquals(List.of(1, 2, 2, 2, 3, 4, 5), witness.numbers());
    }

    @Test
    @Rule("ORD-4")
    @DisplayName("later events of a key are handled when the one before them is in the dead letters, and not earlier")
    final void deadLetterHoldsItsKey(Kit kit) {
        String topic = kit.name("topic");
        Hold first = new Hold();
        Hold third = new Hold();
        Witness witness = new Witness(event -> {
            switch (event.payload().number()) {
                case 1 -> first.here();
                case 2 -> throw new IllegalStateException("told to fail");
                case 3 -> third.here();
                default -> {}
            }
        });
        BusUnderTest member =
                kit.member(topic, kit.name("group"), witness, builder -> builder.retry(Kit.RETRY.withMaxAttempts(3)));
        BusUnderTest publisher = kit.publisher(topic);
        List<String> ids = publishFive(kit, publisher, witness);
        first.release();
        kit.await().count("the event behind the dead letter", third.arrivals(), 1);
        List<DeadLetter> letters = member.bus().deadLetters().list(2);
        third.release();
        kit.fence(publisher, KEY, witness);
        assertEquals(
                List.of(ids.get(1)),
                letters.stream().map(letter -> letter.event().id()).toList(),
                "dead letters when the next event is handled");
        assertEquals(List.of(1, 2, 2, 2, 3, 4, 5), witness.numbers());
    }

    @Test
    @Rule("ORD-4")
    @DisplayName("an event that fails while its member closes is handled again before later events of its key")
    final void failureDuringClose(Kit kit) {
        String topic = kit.name("topic");
        String group = kit.name("group");
        Hold hold = new Hold();
        Witness before = new Witness(event -> {
            if (event.payload().order().equals(KEY)) {
                hold.here();
                throw new IllegalStateException("told to fail");
            }
        });
        Duration pause = Duration.ofMinutes(1);
        BusUnderTest member =
                kit.member(topic, group, before, builder -> builder.retry(Kit.RETRY.withBackoff(pause, pause)));
        BusUnderTest publisher = kit.publisher(topic);
        publishFive(kit, publisher, before);
        CompletableFuture<Void> closed = Aside.run(member::close);
        kit.await()
                .precondition()
                .until("the beginning of the end", () -> member.bus().health().status() == Health.Status.DOWN);
        hold.release();
        kit.await().result("the return of close", closed);
        Witness after = new Witness();
        kit.member(topic, group, after);
        kit.fence(publisher, KEY, after);
        assertEquals(List.of(1), before.numbers(), "events until close");
        assertEquals(List.of(1, 2, 3, 4, 5), after.numbers(), "events after reopening");
    }

    /** Publishes five events of one key, and waits until all are with the member, which holds the first. */
    private static List<String> publishFive(Kit kit, BusUnderTest publisher, Witness witness) {
        List<Event<Sample.Placed>> events = IntStream.rangeClosed(1, 5)
                .mapToObj(i -> Event.of(Sample.placed(KEY, i)))
                .toList();
        publisher.bus().publish(events);
        kit.fence(publisher, "another key", witness);
        return events.stream().map(Event::id).toList();
    }

    @Test
    @Rule("ORD-6")
    @DisplayName("a key whose handler does not end does not hold up others")
    final void runningHandlerHoldsOneKey(Kit kit) {
        Hold hold = new Hold();
        Witness witness = new Witness(event -> {
            if (event.payload().order().equals(KEY)) {
                hold.here();
            }
        });
        othersGoOn(kit, witness);
        hold.release();
    }

    @Test
    @Rule("ORD-6")
    @DisplayName("a key that waits for its next attempt does not hold up others")
    final void retryHoldsOneKey(Kit kit) {
        othersGoOn(kit, Witness.failing(event -> event.payload().order().equals(KEY)));
    }

    private static void othersGoOn(Kit kit, Witness witness) {
        String topic = kit.name("topic");
        Duration pause = Duration.ofMinutes(1);
        kit.member(
                topic,
                kit.name("group"),
                witness,
                builder -> builder.handlerConcurrency(4).retry(Kit.RETRY.withBackoff(pause, pause)));
        BusUnderTest publisher = kit.publisher(topic);
        publisher.bus().publish(Sample.placed(KEY, 0));
        kit.await().precondition().count("the first event of the blocked key", witness.calls(), 1);
        List<Sample.Placed> events = new ArrayList<>();
        for (int i = 1; i <= OTHER_KEYS; i++) {
            events.add(Sample.placed(KEY, 0));
            events.add(Sample.placed("other " + i, i));
        }
        publisher.bus().publish(events);
        kit.await().count("half of the other keys", witness.calls(), 1 + OTHER_KEYS / 2);
        assertEquals(1, witness.attempts(0).size(), "calls with the blocked key");
    }
}
