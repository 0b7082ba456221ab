package io.eventbus.tck.rules;

import io.eventbus.Event;
import io.eventbus.EventBusBuilder;
import io.eventbus.Ordering;
import io.eventbus.spi.Capability;
import io.eventbus.spi.Group;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Scenario;
import io.eventbus.tck.Stress;
import io.eventbus.tck.history.HistoryChecker;
import io.eventbus.tck.history.Outcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** GRP-6: members come and go under load. */
@Conformance
public class MembershipRules {

    private static final int MEMBERS = 3;
    private static final int CHANGES = 6;
    private static final int EVENTS_BETWEEN = 500;
    private static final int KEYS = 64;
    private static final Duration WORK = Duration.ofMillis(5);

    /** Run by JUnit. */
    public MembershipRules() {}

    @Test
    @Rule("GRP-6")
    @DisplayName("nothing is lost while one member leaves and one joins, again and again, under load")
    final void comeAndGo(Kit kit) {
        changeMembers(kit, builder -> builder, checker -> checker);
    }

    @Test
    @Rule("ORD-1")
    @DisplayName("a key keeps its order, and is handled by one member at a time, while members come and go")
    final void keepOrder(Kit kit) {
        UnaryOperator<EventBusBuilder> ordered = builder -> builder.ordering(Ordering.KEY_ACROSS_MEMBERS);
        kit.requireCapability(Capability.GROUP_KEY_ORDER, ordered);
        changeMembers(kit, ordered, HistoryChecker::withKeyOrderAcrossMembers);
    }

    @Test
    @Rule("GRP-6")
    @DisplayName("what was acknowledged before a member joined does not come again")
    final void acknowledgedBefore(Kit kit) {
        Scenario scenario = new Scenario(kit);
        Group group = scenario.group();
        scenario.member(group, event -> {});
        BusUnderTest publisher = scenario.publisher();
        publish(scenario, publisher, 0);
        scenario.awaitHandled(group, EVENTS_BETWEEN);
        scenario.settle(group);
        scenario.member(group, event -> {});
        scenario.fence(publisher);
        scenario.check();
    }

    /**
     * What is published just before each change is half on its way, and half at the members, while the group changes. Those that are
     * there at the end all came later.
     */
    private static void changeMembers(
            Kit kit, UnaryOperator<EventBusBuilder> settings, UnaryOperator<HistoryChecker> expectations) {
        Scenario scenario = new Scenario(kit);
        Group group = scenario.group();
        Deque<BusUnderTest> members = new ArrayDeque<>();
        for (int i = 0; i < MEMBERS; i++) {
            members.add(join(scenario, group, settings));
        }
        BusUnderTest publisher = scenario.publisher();
        AtomicInteger rounds = new AtomicInteger();
        while (rounds.get() < Stress.times(CHANGES)) {
            CompletionStage<Outcome> half = publish(scenario, publisher, rounds.getAndIncrement());
            kit.await().result("half of what is published", half);
            scenario.leave(members.remove(), group);
            members.add(join(scenario, group, settings));
        }
        kit.await().precondition().until("events for members that came later", () -> {
            publish(scenario, publisher, rounds.getAndIncrement());
            scenario.awaitHandled(group, rounds.get() * EVENTS_BETWEEN);
            return members.stream().anyMatch(member -> member.bus().stats().handled() > 0);
        });
        scenario.fence(publisher);
        scenario.check(expectations);
    }

    private static BusUnderTest join(Scenario scenario, Group group, UnaryOperator<EventBusBuilder> settings) {
        return scenario.member(group, event -> LockSupport.parkNanos(WORK.toNanos()), settings);
    }

    /** Returns when it is called for all; the outcome of what is in the middle. */
    private static CompletionStage<Outcome> publish(Scenario scenario, BusUnderTest publisher, int round) {
        List<CompletionStage<Outcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < EVENTS_BETWEEN; i++) {
            int number = round * EVENTS_BETWEEN + i;
            Event<Sample.Placed> event = Event.of(Sample.placed("key " + number % KEYS, number));
            outcomes.add(scenario.publishAsync(publisher, event));
        }
        return outcomes.get(EVENTS_BETWEEN / 2);
    }
}
