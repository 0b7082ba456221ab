package io.eventbus.tck.rules;

import io.eventbus.Event;
import io.eventbus.spi.Group;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Scenario;
import io.eventbus.tck.Stress;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** ORD-2: publishers that take turns. */
@Conformance
public class PublisherTurnRules {

    private static final int TURNS = 200;
    private static final int KEYS = 3;

    /** Run by JUnit. */
    public PublisherTurnRules() {}

    @Test
    @Rule("ORD-2")
    @DisplayName("what one bus publishes after another bus's publish of the same key has completed is handled after it")
    final void inTurns(Kit kit) {
        Scenario scenario = new Scenario(kit);
        Group group = scenario.group();
        scenario.member(group, event -> {});
        List<BusUnderTest> publishers = List.of(scenario.publisher(), scenario.publisher(), scenario.publisher());
        int turns = Stress.times(TURNS);
        for (int turn = 0; turn < turns; turn++) {
            BusUnderTest publisher = publishers.get(scenario.random().nextInt(publishers.size()));
            scenario.publish(publisher, Event.of(Sample.placed("key " + turn % KEYS, turn)));
        }
        scenario.awaitHandled(group, turns);
        scenario.fence(publishers.get(0));
        scenario.check();
    }
}
