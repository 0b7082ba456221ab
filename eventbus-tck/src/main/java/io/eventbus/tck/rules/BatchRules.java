package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.eventbus.BatchPublishException;
import io.eventbus.Event;
import io.eventbus.PublishOutcome;
import io.eventbus.spi.Destination;
import io.eventbus.spi.Group;
import io.eventbus.spi.TransportException;
import io.eventbus.tck.Aside;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Scenario;
import io.eventbus.tck.Witness;
import io.eventbus.tck.fault.TransportFaults;
import io.eventbus.tck.history.Op;
import io.eventbus.tck.history.Outcome;
import io.eventbus.tck.history.Reachability;
import io.eventbus.tck.net.TcpProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** PUB-7: lists of events. */
@Conformance
public class BatchRules {

    private static final int SIZE = 50;
    private static final Set<Integer> OVERSIZE = Set.of(17, 34);
    private static final int ROUNDS = 100;

    /** Run by JUnit. */
    public BatchRules() {}

    @Test
    @Rule("PUB-7")
    @DisplayName(
            "a list has an outcome for each event in its order, and those that are refused do not touch the others")
    final void refusedInTheMiddle(Kit kit) {
        String topic = kit.name("topic");
        Witness witness = new Witness();
        kit.member(topic, kit.name("group"), witness);
        BusUnderTest publisher = kit.publisher(topic);
        List<Event<Sample.Placed>> batch = batch(publisher.limits().maxPayload());
        BatchPublishException failure =
                assertThrows(BatchPublishException.class, () -> publisher.bus().publish(batch));
        assertOutcomes(batch, failure);
        kit.fence(publisher, "k", witness);
        assertEquals(numbers(), witness.numbers(), "numbers");
    }

    @Test
    @Rule("PUB-7")
    @DisplayName("a list that is published asynchronously has an outcome for each event in its order, too")
    final void refusedInTheMiddleAsync(Kit kit) {
        String topic = kit.name("topic");
        Witness witness = new Witness();
        kit.member(topic, kit.name("group"), witness);
        BusUnderTest publisher = kit.publisher(topic);
        List<Event<Sample.Placed>> batch = batch(publisher.limits().maxPayload());
        Throwable failure =
                kit.await().failure("the failure of the list", publisher.bus().publishAsync(batch));
        assertOutcomes(batch, assertInstanceOf(BatchPublishException.class, failure));
        kit.fence(publisher, "k", witness);
        assertEquals(numbers(), witness.numbers(), "numbers");
    }

    private static List<Event<Sample.Placed>> batch(int limit) {
        return IntStream.range(0, SIZE)
                .mapToObj(i -> Event.of(new Sample.Placed("k", i, OVERSIZE.contains(i) ? "x".repeat(limit) : "")))
                .toList();
    }

    private static void assertOutcomes(List<Event<Sample.Placed>> batch, BatchPublishException failure) {
        List<PublishOutcome> outcomes = failure.outcomes();
        assertEquals(
                batch.stream().map(Event::id).toList(),
                outcomes.stream().map(PublishOutcome::eventId).toList(),
                "events of the outcomes");
        for (int i = 0; i < SIZE; i++) {
            String outcome = outcomes.get(i)
                    .problem()
                    .map(problem -> problem.outcome().name())
                    .orElse("ACCEPTED");
            assertEquals(OVERSIZE.contains(i) ? "NOT_ACCEPTED" : "ACCEPTED", outcome, "outcome of event " + i);
        }
    }

    private static List<Integer> numbers() {
        return IntStream.range(0, SIZE)
                .filter(i -> !OVERSIZE.contains(i))
                .boxed()
                .toList();
    }

    @Test
    @Rule("PUB-7")
    @DisplayName("when the broker refuses a whole list, each of its events says so, and none arrives")
    final void refusedByTheBroker(Kit kit) {
        String topic = kit.name("topic");
        Witness witness = new Witness();
        kit.member(topic, kit.name("group"), witness);
        BusUnderTest publisher = kit.publisher(topic);
        publisher.faults().refuseSends(Destination.Topic.class::isInstance);
        List<Sample.Placed> batch = List.of(Sample.placed("k", 1), Sample.placed("k", 2));
        BatchPublishException failure =
                assertThrows(BatchPublishException.class, () -> publisher.bus().publish(batch));
        publisher.faults().acceptSends();
        assertEquals(
                Collections.nCopies(2, TransportException.Outcome.NOT_ACCEPTED),
                failure.outcomes().stream()
                        .flatMap(outcome -> outcome.problem().stream())
                        .map(problem -> problem.outcome())
                        .toList(),
                "outcomes");
        publisher.bus().publish(List.of(Sample.placed("k", 3), Sample.placed("k", 4)));
        kit.fence(publisher, "k", witness);
        assertEquals(List.of(3, 4), witness.numbers(), "numbers");
    }

    @Test
    @Rule("PUB-7")
    @DisplayName("lists that are published one after the other arrive whole and in order within each key")
    final void severalLists(Kit kit) {
        Scenario scenario = new Scenario(kit);
        Group group = scenario.group();
        scenario.member(group, event -> {});
        BusUnderTest publisher = scenario.publisher();
        for (int round = 0; round < ROUNDS; round++) {
            assertEquals(
                    Collections.nCopies(SIZE, Outcome.ACCEPTED),
                    scenario.publish(publisher, anyKeys(scenario, SIZE)),
                    "outcomes");
        }
        scenario.awaitHandled(group, ROUNDS * SIZE);
        scenario.fence(publisher);
        scenario.check();
    }

    @Test
    @Rule("PUB-7")
    @DisplayName("a list under a cut has true outcomes, in its order")
    final void cut(Kit kit) {
        kit.requireNetwork();
        Scenario scenario = new Scenario(kit);
        Group group = scenario.group();
        scenario.member(group, event -> {});
        BusUnderTest publisher = kit.bus(
                        scenario.topic(),
                        builder -> builder.publishTimeout(kit.timing().times(Duration.ofSeconds(5))))
                .start();
        TcpProxy proxy = publisher.proxy().orElseThrow();
        List<Event<Sample.Placed>> batch = anyKeys(scenario, ROUNDS * SIZE);
        AtomicInteger sends = holdAnswersFrom(SIZE, publisher.faults());
        CompletableFuture<List<Outcome>> outcomes = Aside.get(() -> scenario.publish(publisher, batch));
        kit.await()
                .precondition()
                .until(
                        "the first outcomes, and a publish that is open",
                        () -> publisher.bus().stats().published() > 0 && sends.get() > SIZE);
        scenario.recorder().fault(Op.CUT, "the publisher's connections");
        proxy.cut();
        proxy.heal();
        scenario.recorder().fault(Op.HEAL, "the publisher's connections");
        publisher.faults().passAnswers();
        long accepted = kit.await().result("the outcomes", outcomes).stream()
                .filter(Outcome.ACCEPTED::equals)
                .count();
        kit.await()
                .until(
                        "the publisher again",
                        () -> scenario.publish(publisher, Event.of(Sample.placed("k", -1))) == Outcome.ACCEPTED);
        scenario.awaitHandled(group, (int) accepted + 1);
        scenario.fence(publisher);
        scenario.check(checker -> checker.mustReach(Reachability.publishOpenAt(Op.CUT)));
    }

    /** However fast the broker is, the last publishes are open until answers pass again. */
    private static AtomicInteger holdAnswersFrom(int number, TransportFaults faults) {
        AtomicInteger sends = new AtomicInteger();
        faults.refuseMessages((destination, message) -> {
            if (sends.incrementAndGet() == number) {
                faults.holdAnswers();
            }
            return false;
        });
        return sends;
    }

    private static List<Event<Sample.Placed>> anyKeys(Scenario scenario, int size) {
        List<Event<Sample.Placed>> batch = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            batch.add(Event.of(Sample.placed("k" + scenario.random().nextInt(8), i)));
        }
        return batch;
    }
}
