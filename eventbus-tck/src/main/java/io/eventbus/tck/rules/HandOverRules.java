package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventbus.Event;
import io.eventbus.ShutdownReport;
import io.eventbus.spi.Group;
import io.eventbus.tck.Aside;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Hold;
import io.eventbus.tck.Inconclusive;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Scenario;
import io.eventbus.tck.Witness;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** LIF: how fast a bus closes, what it hands over then, and what it says about it. */
@Conformance
public class HandOverRules {

    private static final int EVENTS = 200;
    private static final int KEYS = 40;
    private static final Duration WORK = Duration.ofMillis(40);
    private static final int IN_FLIGHT = 20;
    private static final Duration IDLE_CLOSE = Duration.ofMillis(250);
    private static final int IDLE_BUSES = 8;
    private static final Duration SHORT_CLOSE = Duration.ofSeconds(1);

    /** By how much a machine that is busy may delay any one of them. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    /** How often it is tried at most. */
    private static final int HAND_OVERS = 4;

    /** Run by JUnit. */
    public HandOverRules() {}

    private static List<Event<Sample.Placed>> numbered(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Event.of(Sample.placed("key " + i % KEYS, i)))
                .toList();
    }

    @Test
    @Rule("LIF-2")
    @DisplayName(
            "what a closing bus has not begun is soon handled by another member, once, and none of it is a dead letter")
    final void othersGetTheRest(Kit kit) {
        Duration limit = kit.timing().slack(kit.environment().handOver());
        Fastest.isWithin(limit, HAND_OVERS, "hand-over", () -> handOver(kit));
    }

    /** How long one takes, in which nothing is lost or repeated. */
    private static Duration handOver(Kit kit) {
        Scenario scenario = new Scenario(kit);
        Group group = scenario.group();
        BusUnderTest leaving = scenario.member(
                group, event -> LockSupport.parkNanos(WORK.toNanos()), builder -> builder.handlerConcurrency(1));
        BusUnderTest publisher = scenario.publisher();
        scenario.publish(publisher, numbered(EVENTS));
        kit.await()
                .precondition()
                .until("a busy bus", () -> leaving.bus().stats().handled() > 0);
        BusUnderTest staying = scenario.member(group, event -> {});
        Inconclusive.unless(leaving.bus().stats().inFlight() > 1, "events to be handed over");
        long begin = System.nanoTime();
        scenario.leave(leaving, group);
        scenario.awaitHandled(
                group,
                EVENTS,
                kit.timing().declared(kit.environment().handOver().multipliedBy(5)));
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        scenario.fence(publisher);
        scenario.check();
        assertEquals(0, staying.bus().queueInfo().deadLetters(), "dead letters");
        Duration most = kit.timing().slack(kit.environment().handOver().plus(SLACK));
        assertTrue(took.compareTo(most) <= 0, "a hand-over took " + took + " of at most " + most);
        return took;
    }

    @Test
    @Rule("LIF-2")
    @DisplayName(
            "after a close that waited for its handler, the report counts what was drained and what was handed back")
    final void reportsWhatWasDrained(Kit kit) {
        Hold hold = new Hold();
        BusUnderTest member = busy(kit, new Witness(event -> hold.here()), Duration.ofSeconds(10));
        assertEquals(Optional.empty(), member.bus().shutdownReport(), "a report before the close");
        CompletableFuture<Void> closed = Aside.run(member::close);
        kit.await()
                .until(
                        "the hand-back of what was not begun",
                        () -> member.bus().stats().inFlight() == 1);
        hold.release();
        kit.await().result("the return of close", closed);
        ShutdownReport report = member.bus().shutdownReport().orElseThrow();
        assertEquals(
                List.of(1L, IN_FLIGHT - 1L, 0L, 0L),
                List.of(report.drained(), report.handedBack(), report.abandoned(), report.publishesAbandoned()),
                report::toString);
    }

    @Test
    @Rule("LIF-2")
    @DisplayName("after a close that did not wait for a handler any longer, the report counts what was abandoned")
    final void reportsWhatWasAbandoned(Kit kit) {
        AtomicBoolean released = new AtomicBoolean();
        BusUnderTest member = busy(kit, new Witness(event -> stayUntil(released)), SHORT_CLOSE);
        member.close();
        released.set(true);
        ShutdownReport report = member.bus().shutdownReport().orElseThrow();
        assertEquals(
                List.of(0L, IN_FLIGHT - 1L, 1L),
                List.of(report.drained(), report.handedBack(), report.abandoned()),
                report::toString);
        assertTrue(report.took().compareTo(SHORT_CLOSE.dividedBy(2)) > 0, report::toString);
    }

    private static void stayUntil(AtomicBoolean released) {
        while (!released.get()) {
            LockSupport.parkNanos(1_000_000);
            Thread.interrupted();
        }
    }

    /** A bus that has one event with its handler, and the others waiting for it. */
    private static BusUnderTest busy(Kit kit, Witness handler, Duration closeTimeout) {
        String topic = kit.name("topic");
        BusUnderTest member = kit.member(
                topic,
                kit.name("group"),
                handler,
                builder -> builder.handlerConcurrency(1).closeTimeout(closeTimeout));
        kit.publisher(topic).bus().publish(numbered(IN_FLIGHT));
        kit.await().precondition().count("the running handler", handler.calls(), 1);
        kit.await()
                .precondition()
                .until("all in flight", () -> member.bus().stats().inFlight() == IN_FLIGHT);
        return member;
    }

    @Test
    @Rule("LIF-3")
    @DisplayName("a bus that has nothing to do closes within 250 ms")
    final void idleBusClosesAtOnce(Kit kit) {
        String topic = kit.name("topic");
        Witness witness = new Witness();
        List<BusUnderTest> idle = Stream.generate(() -> kit.member(topic, kit.name("group"), witness))
                .limit(IDLE_BUSES)
                .toList();
        BusUnderTest publisher = kit.publisher(topic);
        publisher.bus().publish(numbered(2));
        kit.await().precondition().count("both events in each group", witness.calls(), 2 * IDLE_BUSES);
        Iterator<Duration> times =
                idle.stream().map(HandOverRules::closingTimeOf).toList().iterator();
        Fastest.isWithin(kit.timing().slack(IDLE_CLOSE), IDLE_BUSES, "close of an idle bus", times::next);
    }

    private static Duration closingTimeOf(BusUnderTest bus) {
        long start = System.nanoTime();
        bus.close();
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
