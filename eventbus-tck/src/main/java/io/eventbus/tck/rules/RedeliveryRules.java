package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Hold;
import io.eventbus.tck.Kit;
import io.eventbus.tck.QuietWindow;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Witness;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** ACK-3 and ACK-7: whom an event comes to that the broker delivers again, and when it does not. */
@Conformance
public class RedeliveryRules {

    private static final String KEY = "key";
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int BUSY = 4;

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
