package io.eventbus.tck.rules;

import io.eventbus.Event;
import io.eventbus.spi.Capability;
import io.eventbus.spi.Group;
import io.eventbus.tck.BrokerControl;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Inconclusive;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Scenario;
import io.eventbus.tck.history.Op;
import io.eventbus.tck.history.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** FLT-5: what was accepted survives the broker. */
@Conformance
public class RestartRules {

    private static final int EVENTS = 2_000;
    private static final int KEYS = 20;

    /** Run by JUnit. */
    public RestartRules() {}

    @Test
    @Rule("FLT-5")
    @DisplayName("what was accepted is handled after the broker was killed and started again, in order by key")
    final void acceptedSurvives(Kit shared) {
        shared.requireCapability(Capability.DURABLE);
        Kit kit = shared.alone();
        Scenario scenario = new Scenario(kit);
        Group group = scenario.group();
        scenario.leave(scenario.member(group, event -> {}), group);
        BusUnderTest publisher = scenario.publisher();
        scenario.publish(publisher, events());
        restart(kit, scenario);
        scenario.member(group, event -> {});
        scenario.awaitHandled(group, EVENTS);
        scenario.fence(publisher);
        scenario.check();
    }

    @Test
    @Rule("FLT-5")
    @DisplayName(
            "publishers and subscriptions go on by themselves after the broker was killed and started again, without what was acknowledged")
    final void subscriptionsResume(Kit shared) {
        shared.requireCapability(Capability.DURABLE);
        Kit kit = shared.alone();
        Scenario scenario = new Scenario(kit);
        Group group = scenario.group();
        scenario.member(group, event -> {});
        BusUnderTest publisher = scenario.publisher();
        scenario.publish(publisher, events());
        scenario.awaitHandled(group, EVENTS);
        scenario.settle(group);
        restart(kit, scenario);
        List<Outcome> outcomes = scenario.publish(publisher, events());
        Inconclusive.unless(outcomes.contains(Outcome.ACCEPTED), "an accepted event after the restart");
        scenario.fence(publisher);
        scenario.check();
    }

    private static void restart(Kit kit, Scenario scenario) {
        BrokerControl broker = kit.control();
        scenario.recorder().fault(Op.RESTART, "the broker is killed");
        broker.kill();
        broker.start();
        scenario.recorder().fault(Op.HEAL, "the broker runs again");
    }

    private static List<Event<Sample.Placed>> events() {
        List<Event<Sample.Placed>> events = new ArrayList<>();
        for (int number = 1; number <= EVENTS; number++) {
            events.add(Event.of(Sample.placed("key " + number % KEYS, number)));
        }
        return events;
    }
}
