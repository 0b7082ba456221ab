package io.eventbus.tck.rules;

import static io.eventbus.tck.history.Outcome.NOT_ACCEPTED;
import static io.eventbus.tck.history.Outcome.UNKNOWN;

import io.eventbus.Event;
import io.eventbus.spi.Group;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Outage;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Scenario;
import io.eventbus.tck.history.Op;
import io.eventbus.tck.history.Outcome;
import io.eventbus.tck.history.Reachability;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** PUB-3: what is reported of a publish that failed is true. */
@Conformance
public class PublishTruthRules {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final int EVENTS = 30;
    private static final int ROUNDS = 2;

    /** Run by JUnit. */
    public PublishTruthRules() {}

    @Test
    @Rule("PUB-3")
    @DisplayName("nothing is delivered that was reported as not accepted, among what was accepted")
    final void refused(Kit kit) {
        Scenario scenario = new Scenario(kit);
        Group group = scenario.group();
        scenario.member(group, event -> {});
        BusUnderTest publisher = scenario.publisher();
        for (int i = 1; i <= EVENTS; i++) {
            int number = i;
            publisher.faults().refuseSends(destination -> number % 5 == 0);
            scenario.publish(publisher, Event.of(Sample.placed("key " + number % 3, number)));
        }
        publisher.faults().acceptSends();
        scenario.fence(publisher);
        scenario.check(checker -> checker.mustReach(ended(NOT_ACCEPTED)));
    }

    @Test
    @Rule("PUB-3")
    @DisplayName("nothing is delivered that was reported as not accepted, whenever connections were silent or reset")
    final void underFaults(Kit kit) {
        kit.requireNetwork();
        Scenario scenario = new Scenario(kit);
        Group group = scenario.group();
        scenario.member(group, event -> {});
        BusUnderTest publisher = kit.bus(scenario.topic(), builder -> builder.publishTimeout(TIMEOUT))
                .start();
        Outage outage = Outage.of(kit, scenario, publisher);
        scenario.publish(publisher, Event.of(Sample.placed("key", 0)));
        for (int round = 0; round < ROUNDS; round++) {
            outage.silence();
            publishUntilAllEnd(kit, scenario, publisher, 2 * round);
            outage.heal(); // what was sent into the silence arrives now
            outage.awaitRecovery();
            outage.cut();
            publishUntilAllEnd(kit, scenario, publisher, 2 * round + 1);
            outage.heal();
            outage.awaitRecovery();
        }
        scenario.fence(publisher);
        // a transport may know of nothing that it was not accepted once the network has failed
        scenario.check(checker -> outage.explaining(checker).mustReach(ended(UNKNOWN)));
    }

    @Test
    @Rule("PUB-3")
    @DisplayName("what was stored and whose answer was lost is neither reported as not accepted nor stored again")
    final void answersLost(Kit kit) {
        kit.requireNetwork();
        Scenario scenario = new Scenario(kit);
        Set<String> handled = ConcurrentHashMap.newKeySet();
        scenario.member(scenario.group(), event -> handled.add(event.id()));
        BusUnderTest publisher = scenario.publisher();
        Outage outage = Outage.of(kit, scenario, publisher);
        scenario.publish(publisher, Event.of(Sample.placed("key", 0)));
        for (int round = 0; round < ROUNDS; round++) {
            List<Event<Sample.Placed>> events = events(round);
            outage.silenceAnswers();
            events.forEach(event -> scenario.publishAsync(publisher, event));
            kit.await()
                    .precondition()
                    .until(
                            "an event that is stored",
                            () -> events.stream().anyMatch(event -> handled.contains(event.id())));
            outage.blink();
            outage.awaitRecovery();
            awaitAllEnded(kit, publisher);
        }
        scenario.fence(publisher);
        scenario.check(checker -> outage.explaining(checker).mustReach(Reachability.publishOpenAt(Op.CUT)));
    }

    private static void publishUntilAllEnd(Kit kit, Scenario scenario, BusUnderTest publisher, int batch) {
        events(batch).forEach(event -> scenario.publishAsync(publisher, event));
        awaitAllEnded(kit, publisher);
    }

    private static List<Event<Sample.Placed>> events(int batch) {
        return IntStream.rangeClosed(1, EVENTS)
                .map(i -> batch * EVENTS + i)
                .mapToObj(number -> Event.of(Sample.placed("key " + number % 5, number)))
                .toList();
    }

    private static void awaitAllEnded(Kit kit, BusUnderTest publisher) {
        kit.await()
                .until("the end of every publish", () -> publisher.bus().stats().publishesInFlight() == 0);
    }

    private static Reachability ended(Outcome outcome) {
        return new Reachability(
                "a publish that ended as " + outcome,
                history -> history.with(Op.PUBLISH_RETURN).anyMatch(record -> record.outcome() == outcome));
    }
}
