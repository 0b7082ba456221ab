package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.eventbus.Event;
import io.eventbus.EventHandler;
import io.eventbus.spi.Group;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Hold;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Outage;
import io.eventbus.tck.QuietWindow;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Scenario;
import io.eventbus.tck.Stress;
import io.eventbus.tck.history.History;
import io.eventbus.tck.history.Op;
import io.eventbus.tck.history.Outcome;
import io.eventbus.tck.history.Reachability;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** FLT-1, FLT-2, FLT-3: connections are reset. */
@Conformance
public class CutRules {

    private static final int KEYS = 16;
    private static final int CUTS = 6;
    private static final int EVENTS_BETWEEN = 300;
    private static final int EVENTS_AFTER = 1_000;

    /** Whose pauses are long enough to be told from none. */
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration WATCHED = Duration.ofSeconds(3);

    /** Two sessions, each with the connections of a few clients, each after at least half of the longest pause. */
    private static final int CONNECTS_PER_SECOND = 10;

    private static final Reachability HANDLED_IN_SILENCE =
            new Reachability("a success between a silence and the cut behind it", CutRules::isHandledInSilence);

    /** Run by JUnit. */
    public CutRules() {}

    @Test
    @Rule("FLT-1")
    @DisplayName("publishing and consuming go on by themselves whenever all connections were reset")
    final void goesOn(Kit kit) {
        kit.requireNetwork();
        Scenario scenario = new Scenario(kit);
        Group group = scenario.group();
        BusUnderTest member = scenario.member(group, event -> {});
        BusUnderTest publisher = scenario.publisher();
        Outage outage = Outage.of(kit, scenario, member, publisher);
        for (int cut = 0; cut < 3; cut++) {
            scenario.publish(publisher, events(cut * KEYS, KEYS));
            outage.blink();
            outage.awaitRecovery();
        }
        scenario.fence(publisher);
        scenario.check(outage::explaining);
    }

    @Test
    @Rule("FLT-1")
    @DisplayName("while the broker is away, connecting is tried again and again with growing pauses")
    final void backsOff(Kit kit) {
        kit.requireNetwork();
        Scenario scenario = new Scenario(kit);
        Group group = scenario.group();
        BusUnderTest bus =
                scenario.member(group, event -> {}, builder -> builder.reconnectBackoff(FIRST_PAUSE, LONGEST_PAUSE));
        scenario.publish(bus, events(0, KEYS));
        scenario.awaitHandled(group, KEYS);
        Outage outage = Outage.of(kit, scenario, bus);
        long before = outage.connects();
        outage.cut();
        kit.await().until("two tries to connect", () -> outage.connects() >= before + 2);
        long begun = outage.connects();
        long start = System.nanoTime();
        new QuietWindow(WATCHED)
                .holds(
                        "fewer than " + CONNECTS_PER_SECOND + " connects a second",
                        () -> outage.connects() - begun < CONNECTS_PER_SECOND * secondsSince(start));
        kit.await().until("another try to connect", () -> outage.connects() > begun);
        outage.heal();
        outage.awaitRecovery();
        scenario.fence(bus);
        scenario.check(outage::explaining);
    }

    /** At least the time that is watched. */
    private static long secondsSince(long start) {
        return Math.max(
                WATCHED.toSeconds(), Duration.ofNanos(System.nanoTime() - start).toSeconds());
    }

    @Test
    @Rule("FLT-2")
    @DisplayName("when connections are reset under open publishes, each ends truthfully and no accepted event is lost")
    final void openPublishes(Kit kit) {
        kit.requireNetwork();
        Scenario scenario = new Scenario(kit);
        Group group = scenario.group();
        scenario.member(group, event -> {});
        int cuts = Stress.times(CUTS);
        BusUnderTest publisher = kit.bus(
                        scenario.topic(), builder -> builder.maxPublishesInFlight(2 * cuts * EVENTS_BETWEEN))
                .start();
        Outage outage = Outage.of(kit, scenario, publisher);
        for (int cut = 0; cut < cuts; cut++) {
            publishAsync(scenario, publisher, events(2 * cut * EVENTS_BETWEEN, EVENTS_BETWEEN));
            if (cut % 2 == 0) {
                // what is published in the silence neither arrives nor is answered
                awaitAllEnded(kit, publisher);
                outage.silence();
            }
            publishAsync(scenario, publisher, events((2 * cut + 1) * EVENTS_BETWEEN, EVENTS_BETWEEN));
            outage.blink();
        }
        outage.awaitRecovery();
        awaitAllEnded(kit, publisher);
        scenario.fence(publisher);
        scenario.check(checker -> outage.explaining(checker).mustReach(Reachability.publishOpenAt(Op.CUT)));
    }

    @Test
    @Rule("FLT-3")
    @DisplayName(
            "when connections are reset under running handlers nothing is lost, and what they settle late does no harm")
    final void runningHandlers(Kit kit) {
        kit.requireNetwork();
        Scenario scenario = new Scenario(kit);
        Group group = scenario.group();
        Hold hold = new Hold();
        AtomicInteger begun = new AtomicInteger();
        EventHandler<Sample.Placed> firstOnesWait = event -> {
            if (begun.incrementAndGet() <= KEYS) {
                hold.here();
            }
        };
        BusUnderTest member = scenario.member(group, firstOnesWait, builder -> builder.handlerConcurrency(KEYS));
        BusUnderTest publisher = scenario.publisher();
        scenario.publish(publisher, events(0, 2 * KEYS));
        kit.await().precondition().count("a running handler of each key", hold.arrivals(), KEYS);
        kit.await().precondition().until("all events", () -> received(member) == 2 * KEYS);
        Outage outage = Outage.of(kit, scenario, member);
        outage.blink();
        outage.awaitRecovery();
        kit.await().until("a delivery after the reset", () -> received(member) > 2 * KEYS);
        long sessions = member.bus().stats().reconnects();
        hold.release();
        scenario.publish(publisher, events(2 * KEYS, EVENTS_AFTER));
        scenario.awaitHandled(group, 2 * KEYS + EVENTS_AFTER);
        scenario.fence(publisher);
        scenario.check(checker -> outage.explaining(checker).mustReach(Reachability.handlerRunningAt(Op.CUT)));
        assertEquals(sessions, member.bus().stats().reconnects(), "sessions, after late settlements");
    }

    @Test
    @Rule("FLT-3")
    @DisplayName(
            "when connections are reset while acknowledgements or the answers to them are on their way nothing is lost, and the group goes on")
    final void acknowledgementsUnderWay(Kit kit) {
        kit.requireNetwork();
        Scenario scenario = new Scenario(kit);
        Group group = scenario.group();
        List<Hold> holds = List.of(new Hold(), new Hold());
        BusUnderTest member = scenario.member(
                group,
                event -> holds.get(event.payload().number() / (2 * KEYS)).here(),
                builder -> builder.handlerConcurrency(KEYS));
        BusUnderTest publisher = scenario.publisher();
        Outage outage = Outage.of(kit, scenario, member);
        List<Runnable> losses = List.of(outage::silence, outage::silenceAnswers);
        for (int round = 0; round < losses.size(); round++) {
            Hold hold = holds.get(round);
            scenario.publish(publisher, events(2 * round * KEYS, KEYS));
            kit.await().precondition().count("a running handler of each key", hold.arrivals(), KEYS);
            losses.get(round).run();
            hold.release();
            kit.await()
                    .precondition()
                    .until(
                            "the acknowledgement of all",
                            () -> member.bus().stats().inFlight() == 0);
            scenario.publish(publisher, events((2 * round + 1) * KEYS, KEYS));
            outage.blink();
            outage.awaitRecovery();
            scenario.fence(publisher);
        }
        kit.await().until("an empty backlog", () -> member.bus().queueInfo().backlog() == 0);
        scenario.check(checker -> outage.explaining(checker).mustReach(HANDLED_IN_SILENCE));
    }

    @Test
    @Rule("FLT-3")
    @DisplayName("what was acknowledged before connections were reset does not come again")
    final void acknowledgedBefore(Kit kit) {
        kit.requireNetwork();
        Scenario scenario = new Scenario(kit);
        Group group = scenario.group();
        Hold hold = new Hold();
        BusUnderTest member = scenario.member(group, event -> {
            if (event.payload().number() == EVENTS_BETWEEN) {
                hold.here();
            }
        });
        BusUnderTest publisher = scenario.publisher();
        scenario.publish(publisher, events(0, EVENTS_BETWEEN));
        scenario.awaitHandled(group, EVENTS_BETWEEN);
        scenario.settle(group);
        scenario.publish(publisher, events(EVENTS_BETWEEN, 1));
        kit.await().precondition().count("the running handler", hold.arrivals(), 1);
        Outage outage = Outage.of(kit, scenario, member);
        outage.blink();
        outage.awaitRecovery();
        kit.await().until("a delivery after the reset", () -> received(member) > EVENTS_BETWEEN + 1);
        hold.release();
        scenario.fence(publisher);
        scenario.check(checker -> outage.explaining(checker).mustReach(Reachability.handlerRunningAt(Op.CUT)));
    }

    private static void awaitAllEnded(Kit kit, BusUnderTest publisher) {
        kit.await()
                .until("the end of every publish", () -> publisher.bus().stats().publishesInFlight() == 0);
    }

    private static boolean isHandledInSilence(History history) {
        long silence = history.with(Op.SILENCE).findFirst().orElseThrow().seq();
        long cut = history.with(Op.CUT).findFirst().orElseThrow().seq();
        return history.records().subList((int) silence, (int) cut).stream()
                .anyMatch(record -> record.outcome() == Outcome.SUCCESS);
    }

    private static long received(BusUnderTest member) {
        return member.bus().stats().received();
    }

    private static void publishAsync(Scenario scenario, BusUnderTest publisher, List<Event<Sample.Placed>> events) {
        events.forEach(event -> scenario.publishAsync(publisher, event));
    }

    private static List<Event<Sample.Placed>> events(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(i -> Event.of(Sample.placed("key " + i % KEYS, i)))
                .toList();
    }
}
