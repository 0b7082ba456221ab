package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventbus.Event;
import io.eventbus.spi.Group;
import io.eventbus.tck.Await;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Hold;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Scenario;
import io.eventbus.tck.Timing;
import io.eventbus.tck.history.Op;
import io.eventbus.tck.history.Reachability;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** FLT-6: a member dies without goodbye. */
@Conformance
public class TakeoverRules {

    private static final int BLOCKED = 10;
    private static final int ACKNOWLEDGED = 300;
    private static final Duration SLACK = Duration.ofSeconds(2);

    /** Run by JUnit. */
    public TakeoverRules() {}

    @Test
    @Rule("FLT-6")
    @DisplayName("what a member was handling when it died is handled by another, within the declared time")
    final void diesHandling(Kit kit) {
        Scenario scenario = new Scenario(kit);
        Group group = scenario.group();
        Hold hold = new Hold();
        BusUnderTest dying =
                scenario.member(group, event -> hold.here(), builder -> builder.handlerConcurrency(BLOCKED));
        scenario.member(group, event -> {});
        BusUnderTest publisher = scenario.publisher();
        AtomicInteger published = new AtomicInteger();
        kit.await().precondition().until("events with the member that is to die", () -> {
            int number = published.incrementAndGet();
            scenario.publish(publisher, Event.of(Sample.placed("key " + number, number)));
            return hold.arrivals().size() >= BLOCKED;
        });
        scenario.crash(dying);
        long start = System.nanoTime();
        scenario.awaitHandled(group, published.get(), takeover(kit));
        Duration taken = Duration.ofNanos(System.nanoTime() - start);
        hold.release();
        scenario.fence(publisher);
        scenario.check(checker -> checker.mustReach(Reachability.handlerRunningAt(Op.CRASH)));
        Duration limit = kit.environment().takeoverTime().plus(kit.timing().slack(SLACK));
        assertTrue(taken.compareTo(limit) <= 0, () -> "taking over took " + taken + " of " + limit);
    }

    @Test
    @Rule("FLT-6")
    @DisplayName("what a member had acknowledged before it died does not come again")
    final void acknowledgedBefore(Kit kit) {
        Scenario scenario = new Scenario(kit);
        Group group = scenario.group();
        Hold hold = new Hold();
        BusUnderTest dying = scenario.member(group, event -> {
            if (event.payload().number() > ACKNOWLEDGED) {
                hold.here();
            }
        });
        BusUnderTest publisher = scenario.publisher();
        scenario.publish(publisher, numbered(1, ACKNOWLEDGED));
        scenario.awaitHandled(group, ACKNOWLEDGED);
        scenario.settle(group);
        scenario.publish(publisher, numbered(ACKNOWLEDGED + 1, ACKNOWLEDGED + 1));
        kit.await().precondition().count("the running handler", hold.arrivals(), 1);
        scenario.crash(dying);
        scenario.member(group, event -> {});
        scenario.awaitHandled(group, ACKNOWLEDGED + 1, takeover(kit)); // by then what the dead one had is taken over
        hold.release();
        scenario.fence(publisher);
        scenario.check(checker -> checker.mustReach(Reachability.handlerRunningAt(Op.CRASH)));
    }

    /** What takes longer is told as late, and what never comes as lost. */
    private static Await takeover(Kit kit) {
        return kit.timing().declared(kit.environment().takeoverTime().plus(Timing.POSITIVE_WAIT));
    }

    private static List<Event<Sample.Placed>> numbered(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(number -> Event.of(Sample.placed("key " + number % BLOCKED, number)))
                .toList();
    }
}
