package io.eventbus.tck.rules;

import io.eventbus.Event;
import io.eventbus.Health;
import io.eventbus.spi.Group;
import io.eventbus.tck.Await;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Outage;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Scenario;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** FLT-4: connections fall silent and stay open. */
@Conformance
public class SilenceRules {

    private static final Duration PUBLISH_TIMEOUT = Duration.ofSeconds(2);
    private static final int EVENTS = 50;

    /** Run by JUnit. */
    public SilenceRules() {}

    @Test
    @Rule("FLT-4")
    @DisplayName("a member and a publisher find out that their connections are silent, and recover by themselves")
    final void foundOut(Kit kit) {
        kit.requireNetwork();
        Scenario scenario = new Scenario(kit);
        Group group = scenario.group();
        BusUnderTest member = scenario.member(group, event -> {}, kit::attentive);
        BusUnderTest publisher = kit.bus(
                        scenario.topic(), builder -> kit.attentive(builder).publishTimeout(PUBLISH_TIMEOUT))
                .start();
        publishAsync(scenario, scenario.publisher(), 0);
        scenario.awaitHandled(group, EVENTS);
        // tried again: a busy disk may take longer than its time-out
        scenario.fence(publisher);
        Outage outage = Outage.of(kit, scenario, member, publisher);
        outage.silence();
        Await soon = kit.timing().declared(kit.environment().detectionTime().plus(HealthRules.SLACK));
        soon.until("a publisher that is down", () -> isDown(publisher));
        soon.until("a member that is down", () -> isDown(member));
        publishAsync(scenario, publisher, EVENTS);
        kit.await()
                .until("the end of every publish", () -> publisher.bus().stats().publishesInFlight() == 0);
        outage.heal();
        outage.awaitRecovery();
        scenario.fence(publisher);
        scenario.check(outage::explaining);
    }

    private static boolean isDown(BusUnderTest bus) {
        return bus.bus().health().status() == Health.Status.DOWN;
    }

    private static void publishAsync(Scenario scenario, BusUnderTest publisher, int first) {
        for (int i = first; i < first + EVENTS; i++) {
            scenario.publishAsync(publisher, Event.of(Sample.placed("key " + i % 10, i)));
        }
    }
}
