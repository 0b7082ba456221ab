package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventbus.BusStats;
import io.eventbus.EventBus;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Hold;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Witness;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** OBS-5 and CON-5: what waits at the broker, and what waits in the process. */
@Conformance
public class BacklogRules {

    private static final int EVENTS = 500;
    private static final int HANDLED = 200;
    private static final int ROOM = 16;

    /** Run by JUnit. */
    public BacklogRules() {}

    private static List<Sample.Placed> numbered(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> Sample.placed("key " + i, i))
                .toList();
    }

    @Test
    @Rule("OBS-5")
    @DisplayName(
            "at rest the backlog of a group is the number of events that it has not handled, and 0 once it has all")
    final void backlogIsTrue(Kit kit) {
        String topic = kit.name("topic");
        String group = kit.name("group");
        kit.member(topic, group, new Witness()).close();
        BusUnderTest asking = kit.member(topic, group).start();
        asking.bus().publish(numbered(EVENTS));
        awaitBacklog(kit, asking.bus(), EVENTS);
        handleSome(kit, topic, group);
        awaitBacklog(kit, asking.bus(), EVENTS - HANDLED);
        Witness rest = new Witness();
        kit.member(topic, group, rest);
        kit.await().count("the rest", rest.calls(), EVENTS - HANDLED);
        awaitBacklog(kit, asking.bus(), 0);
    }

    /** One after the other, so that it is known how many there were. */
    private static void handleSome(Kit kit, String topic, String group) {
        BusUnderTest member = kit.bus(topic, builder -> builder.group(group).handlerConcurrency(1));
        AtomicInteger handled = new AtomicInteger();
        Witness some = new Witness(event -> {
            if (handled.incrementAndGet() == HANDLED) {
                member.bus().close();
            }
        });
        member.start(); // before there is anything to handle: a start that is overtaken by the close fails
        member.bus().subscribe(Sample.Placed.class, some);
        kit.await().count("handled events", some.calls(), HANDLED);
        member.close();
        assertEquals(HANDLED, some.calls().size(), "handled events");
    }

    /** The broker may tell a little later what it has done. */
    private static void awaitBacklog(Kit kit, EventBus bus, long expected) {
        kit.await().until("a backlog of " + expected, () -> bus.queueInfo().backlog() == expected);
    }

    @Test
    @Rule("CON-5")
    @DisplayName(
            "a group whose handlers are slow holds no more than it may and says that it is full; no other waits for it")
    final void slowGroupIsBounded(Kit kit) {
        String topic = kit.name("topic");
        Hold hold = new Hold();
        Witness slow = new Witness(event -> hold.here());
        Witness fast = new Witness();
        BusUnderTest member = kit.member(
                topic,
                kit.name("slow"),
                slow,
                builder -> builder.maxInFlight(ROOM).handlerConcurrency(2));
        BusUnderTest other = kit.member(topic, kit.name("fast"), fast);
        assertEquals(0, member.bus().stats().full(), "full memberships at the beginning");
        kit.publisher(topic).bus().publish(numbered(EVENTS));
        kit.await().count("all events in the other group", fast.calls(), EVENTS);
        kit.await().until("the slow group, full", () -> isFull(member.bus().stats()));
        kit.quiet().holds("it holds no more", () -> member.bus().stats().inFlight() <= ROOM);
        assertTrue(slow.calls().size() <= 2, "running handlers");
        assertEquals(0, other.bus().stats().full(), "full memberships of the fast group");
        hold.release();
        kit.await().count("all events in the slow group", slow.calls(), EVENTS);
        kit.await().until("room again", () -> member.bus().stats().full() == 0);
    }

    private static boolean isFull(BusStats stats) {
        return stats.full() == 1 && stats.inFlight() == ROOM;
    }
}
