package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.eventbus.Event;
import io.eventbus.spi.Capability;
import io.eventbus.spi.Group;
import io.eventbus.spi.StartFrom;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Hold;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Scenario;
import io.eventbus.tck.Stress;
import io.eventbus.tck.Witness;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** GRP-1 to GRP-5: groups share nothing, their members share the work. */
@Conformance
public class GroupRules {

    private static final int MEMBERS = 3;
    private static final int SHARED = 5_000;
    private static final int INDEPENDENT = 3_000;
    private static final int BACKLOG = 500;
    private static final int RETAINED = 1_000;
    private static final int KEYS = 64;

    /** Run by JUnit. */
    public GroupRules() {}

    @Test
    @Rule("GRP-1")
    @DisplayName("each event is handled by one of the members of its group")
    final void oneMember(Kit kit) {
        Scenario scenario = new Scenario(kit);
        Group group = scenario.group();
        IntStream.range(0, MEMBERS).forEach(i -> scenario.member(group, event -> {}));
        BusUnderTest publisher = scenario.publisher();
        AtomicInteger published = new AtomicInteger();
        kit.await().precondition().until("events at all members", () -> {
            publishAsync(scenario, publisher, SHARED);
            scenario.awaitHandled(group, published.addAndGet(SHARED));
            return scenario.busyMembers() == MEMBERS;
        });
        scenario.fence(publisher);
        scenario.check();
    }

    @Test
    @Rule("GRP-1")
    @DisplayName("an event that a member is still handling is not given to another member")
    final void oneMemberWhileHandling(Kit kit) {
        Scenario scenario = new Scenario(kit);
        Group group = scenario.group();
        Hold hold = new Hold();
        IntStream.range(0, MEMBERS)
                .forEach(i -> scenario.member(group, event -> {
                    if (event.payload().number() == -1) {
                        hold.here();
                    }
                }));
        BusUnderTest publisher = scenario.publisher();
        scenario.publish(publisher, Event.of(Sample.placed("held", -1)));
        kit.await().precondition().count("the held handler", hold.arrivals(), 1);
        publishAsync(scenario, publisher, BACKLOG);
        scenario.awaitHandled(group, BACKLOG);
        hold.release();
        scenario.awaitHandled(group, BACKLOG + 1);
        scenario.fence(publisher);
        scenario.check();
    }

    @Test
    @Rule("GRP-2")
    @DisplayName("a group that is stuck, and one that fails, hold up no other group, and get every event themselves")
    final void independent(Kit kit) {
        Scenario scenario = new Scenario(kit);
        Group stuck = scenario.group();
        Group failing = scenario.group();
        Group sound = scenario.group();
        Hold hold = new Hold();
        scenario.member(stuck, event -> hold.here());
        scenario.member(failing, event -> {
            if (event.payload().number() % 50 == 0 && event.attempt() == 1) {
                throw new IllegalStateException("told to fail");
            }
        });
        scenario.member(sound, event -> {});
        BusUnderTest publisher = scenario.publisher();
        int events = Stress.times(INDEPENDENT);
        publishAsync(scenario, publisher, events);
        scenario.awaitHandled(sound, events);
        scenario.awaitHandled(failing, events);
        kit.await().precondition().count("the handler that is stuck", hold.arrivals(), 1);
        hold.release();
        scenario.awaitHandled(stuck, events);
        scenario.fence(publisher);
        scenario.check();
    }

    private static void publishAsync(Scenario scenario, BusUnderTest publisher, int count) {
        for (int i = 0; i < count; i++) {
            scenario.publishAsync(
                    publisher, Event.of(Sample.placed("k" + scenario.random().nextInt(KEYS), i)));
        }
    }

    @Test
    @Rule("GRP-3")
    @DisplayName("what is published while a group has no member is there when one joins")
    final void nobodyThere(Kit kit) {
        String topic = kit.name("topic");
        String group = kit.name("group");
        Witness before = new Witness();
        BusUnderTest publisher = kit.publisher(topic);
        BusUnderTest first = kit.member(topic, group, before);
        kit.fence(publisher, "k", before);
        first.close();
        publisher.bus().publish(backlog());
        Witness after = new Witness();
        kit.member(topic, group, after);
        kit.await().count("the backlog", after.calls(), BACKLOG);
        kit.fence(publisher, "k", after);
        assertEquals(IntStream.range(0, BACKLOG).boxed().toList(), after.numbers(), "what the second member got");
        assertEquals(List.of(), before.numbers(), "what the first member got");
    }

    private static List<Sample.Placed> backlog() {
        return IntStream.range(0, BACKLOG).mapToObj(i -> Sample.placed("k", i)).toList();
    }

    @Test
    @Rule("GRP-4")
    @DisplayName("a new group gets nothing of what was published before it subscribed")
    final void newGroup(Kit kit) {
        String topic = kit.name("topic");
        Witness old = new Witness();
        kit.member(topic, kit.name("group"), old);
        BusUnderTest publisher = kit.publisher(topic);
        publisher.bus().publish(backlog());
        Witness fresh = new Witness();
        kit.member(topic, kit.name("group"), fresh);
        kit.fence(publisher, "k", old, fresh);
        kit.fence(publisher, "k", old, fresh);
        assertEquals(List.of(), fresh.numbers(), "what the new group got");
        assertEquals(BACKLOG, old.numbers().size(), "what the old group got");
    }

    @Test
    @Rule("GRP-4")
    @DisplayName("a new group of a running bus gets nothing of what was published before it subscribed")
    final void newGroupOfARunningBus(Kit kit) {
        String topic = kit.name("topic");
        BusUnderTest bus = kit.member(topic, kit.name("group")).start();
        bus.bus().publish(backlog());
        Witness fresh = new Witness();
        kit.await()
                .result(
                        "the readiness",
                        bus.bus().subscribe(Sample.Placed.class, fresh).ready());
        kit.fence(bus, "k", fresh);
        kit.fence(bus, "k", fresh);
        assertEquals(List.of(), fresh.numbers(), "what the new group got");
    }

    @Test
    @Rule("GRP-5")
    @DisplayName(
            "a new group that begins with the earliest event gets everything that was published before, in order by key")
    final void earliest(Kit kit) {
        kit.requireCapability(Capability.RETAINED, builder -> builder.startFrom(StartFrom.EARLIEST));
        Scenario scenario = new Scenario(kit);
        BusUnderTest publisher = scenario.publisher();
        publishAsync(scenario, publisher, RETAINED);
        Group group = scenario.group();
        scenario.member(group, event -> {}, builder -> builder.startFrom(StartFrom.EARLIEST));
        scenario.awaitHandled(group, RETAINED);
        scenario.fence(publisher);
        scenario.check();
    }
}
