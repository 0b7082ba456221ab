package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventbus.BusError;
import io.eventbus.Subscription;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Collected;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Hold;
import io.eventbus.tck.Inconclusive;
import io.eventbus.tck.Kit;
import io.eventbus.tck.QuietWindow;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Witness;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** ACK-3 and ACK-7: whom an event comes to that the broker delivers again, and when it does not. */
@Conformance
public class RedeliveryRules {

    private static final String KEY = "key";
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int BUSY = 4;
    private static final int EVENTS = 5 * BUSY;
    private static final Duration SLACK = Duration.ofSeconds(2);

    /** Run by JUnit. */
    public RedeliveryRules() {}

    @Test
    @Rule("ACK-3")
    @DisplayName("an event that comes again because its member was lost reaches no other group")
    final void lostMember(Kit kit) {
        comesAgainToItsGroup(kit, BusUnderTest::crash);
    }

    @Test
    @Rule("ACK-3")
    @DisplayName("an event that comes again because its member was closed reaches no other group")
    final void closedMember(Kit kit) {
        comesAgainToItsGroup(kit, BusUnderTest::close);
    }

    @Test
    @Rule("ACK-7")
    @DisplayName("what a member handles for much longer than a lease is given to no other as long as the member lives")
    final void slowHandlersKeepTheirEvents(Kit kit) {
        String topic = kit.name("topic");
        String group = kit.name("group");
        Hold hold = new Hold();
        Witness witness = new Witness(event -> hold.here());
        QuietWindow quiet = kit.quiet();
        kit.member(topic, group, witness);
        kit.member(topic, group, witness);
        BusUnderTest publisher = kit.publisher(topic);
        for (int i = 1; i <= BUSY; i++) {
            publisher.bus().publish(Sample.placed(KEY + i, i));
        }
        kit.await().precondition().count("the running handlers", hold.arrivals(), BUSY);
        Duration length = kit.environment().lease().multipliedBy(5).dividedBy(2).plus(quiet.length());
        new QuietWindow(length)
                .holds("no event comes again", () -> witness.calls().size() == BUSY);
        hold.release();
        for (int i = 1; i <= BUSY; i++) {
            kit.fence(publisher, KEY + i, witness);
        }
        assertEquals(BUSY, witness.calls().size(), "calls");
    }

    @Test
    @Rule("ACK-7")
    @DisplayName(
            "what a member is about to hold for longer than the broker lets it goes to another in time, in order, and with no"
                    + " session lost")
    final void heldToTheLimit(Kit kit) {
        String topic = kit.name("topic");
        String group = kit.name("group");
        Hold hold = new Hold();
        Witness other = new Witness();
        Collected<Long> arrivals = new Collected<>();
        Collected<BusError> errors = new Collected<>();
        BusUnderTest holding = kit.bus(
                topic,
                builder ->
                        kit.hasty(builder).group(group).handlerConcurrency(BUSY).onError(errors::add));
        Duration limit = kit.requireHoldLimit(holding);
        Inconclusive.unless(limit.compareTo(LONG) <= 0, "a limit of a minute at most by the harness's hasty options");
        Subscription first = holding.bus().subscribe(Sample.Placed.class, event -> hold.here());
        holding.start();
        BusUnderTest standby = kit.bus(topic, builder -> builder.group(group).onError(errors::add));
        Subscription second = standby.bus().subscribe(Sample.Placed.class, event -> {
            arrivals.add(System.nanoTime());
            other.handle(event);
        });
        second.pause();
        standby.start();
        BusUnderTest publisher = kit.publisher(topic);
        long published = System.nanoTime();
        publisher.bus().publish(events());
        kit.await().precondition().count("the running handlers", hold.arrivals(), BUSY);
        kit.await()
                .precondition()
                .until("everything with one member", () -> inFlight(holding) == EVENTS && inFlight(standby) == 0);
        first.pause();
        Inconclusive.unless(holding.bus().stats().reconnects() == 0, "everything with one member, before the limit");
        second.resume();
        Duration late = limit.plus(kit.environment().takeoverTime()).plus(SLACK);
        kit.timing().declared(late).count("what is held, with the other member", other.calls(), 1);
        Duration taken = Duration.ofNanos(arrivals.snapshot().get(0) - published);
        assertTrue(taken.compareTo(limit.dividedBy(2)) >= 0, () -> "with another after " + taken + " of " + limit);
        kit.await().count("all that is held, with the other member", other.calls(), EVENTS);
        hold.release();
        for (int key = 0; key < BUSY; key++) {
            kit.fence(publisher, KEY + key, other);
            assertEquals(ofKey(key, IntStream.range(0, EVENTS).boxed()), ofKey(key, other.numbers().stream()));
        }
        kit.await()
                .until(
                        "the next session of who held it",
                        () -> holding.bus().stats().reconnects() > 0);
        holding.bus().close(); // by then all errors are told
        assertEquals(List.of(), errors.snapshot(), "errors");
    }

    private static long inFlight(BusUnderTest member) {
        return member.bus().stats().inFlight();
    }

    private static List<Sample.Placed> events() {
        return IntStream.range(0, EVENTS)
                .mapToObj(number -> Sample.placed(KEY + number % BUSY, number))
                .toList();
    }

    private static List<Integer> ofKey(int key, Stream<Integer> numbers) {
        return numbers.filter(number -> number % BUSY == key).toList();
    }

    private static void comesAgainToItsGroup(Kit kit, Consumer<BusUnderTest> end) {
        String topic = kit.name("topic");
        String group = kit.name("group");
        Witness failing = Witness.failing(event -> true);
        Witness willing = new Witness();
        Witness other = new Witness();
        BusUnderTest member =
                kit.member(topic, group, failing, builder -> builder.retry(Kit.RETRY.withBackoff(LONG, LONG)));
        kit.member(topic, kit.name("other"), other);
        BusUnderTest publisher = kit.publisher(topic);
        publisher.bus().publish(Sample.placed(KEY, 1));
        kit.await().precondition().count("the failed attempt", failing.calls(), 1);
        kit.await().precondition().count("the event in the other group", other.calls(), 1);
        end.accept(member);
        kit.member(topic, group, willing);
        kit.await().count("the event, again", willing.calls(), 1);
        kit.fence(publisher, KEY, willing, other);
        assertEquals(List.of(1), willing.numbers());
        assertEquals(List.of(1), other.numbers());
    }
}
