package io.eventbus.tck.rules;

import io.eventbus.Event;
import io.eventbus.EventBusBuilder;
import io.eventbus.Ordering;
import io.eventbus.spi.Capability;
import io.eventbus.spi.Group;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Hold;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Outage;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Scenario;
import io.eventbus.tck.history.HistoryChecker;
import io.eventbus.tck.history.Op;
import io.eventbus.tck.history.Reachability;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** ORD-5: after a loss the events of a key may come again, and none of them is skipped. */
@Conformance
public class OrderAfterLossRules {

    private static final int KEYS = 32;
    private static final int LOSSES = 3;
    private static final int EVENTS_BETWEEN = 400;
    private static final Duration WORK = Duration.ofMillis(1);

    /** Run by JUnit. */
    public OrderAfterLossRules() {}

    @Test
    @Rule("ORD-5")
    @DisplayName("no event of a key is skipped when the only member loses its connections again and again")
    final void reconnects(Kit kit) {
        kit.requireNetwork();
        Flow flow = new Flow(new Scenario(kit), builder -> builder);
        BusUnderTest member = flow.join();
        Outage outage = Outage.of(kit, flow.scenario, member);
        for (int loss = 0; loss < LOSSES; loss++) {
            flow.publishHeld();
            flow.awaitSome(kit, 1);
            outage.blink();
            flow.goOn();
            outage.awaitRecovery();
        }
        flow.finish(checker -> outage.explaining(checker).mustReach(Reachability.handlerRunningAt(Op.CUT)));
    }

    @Test
    @Rule("ORD-5")
    @DisplayName("no event of a key is skipped when the only member dies and another takes its place")
    final void successors(Kit kit) {
        Flow flow = new Flow(new Scenario(kit), builder -> builder);
        BusUnderTest member = flow.join();
        for (int loss = 0; loss < LOSSES - 1; loss++) {
            flow.publishHeld();
            flow.awaitSome(kit, 1);
            flow.scenario.crash(member);
            flow.goOn();
            member = flow.join();
        }
        flow.finish(checker -> checker.mustReach(Reachability.handlerRunningAt(Op.CRASH)));
    }

    @Test
    @Rule("ORD-5")
    @DisplayName("no event of a key is skipped when one of several members dies, and when one joins")
    final void sharedKeys(Kit kit) {
        UnaryOperator<EventBusBuilder> ordered = builder -> builder.ordering(Ordering.KEY_ACROSS_MEMBERS);
        kit.requireCapability(Capability.GROUP_KEY_ORDER, ordered);
        Flow flow = new Flow(new Scenario(kit), ordered);
        BusUnderTest dying = flow.join();
        flow.join();
        flow.publishHeld();
        flow.awaitSome(kit, EventBusBuilder.DEFAULT_HANDLER_CONCURRENCY + 1); // so both have some
        flow.scenario.crash(dying);
        flow.goOn();
        flow.publish();
        flow.join();
        flow.publish();
        flow.finish(checker -> checker.withKeyOrderAcrossMembers().mustReach(Reachability.handlerRunningAt(Op.CRASH)));
    }

    /** Events on their way to one group, whose members come and go. */
    private static final class Flow {

        private final Scenario scenario;
        private final Group group;
        private final UnaryOperator<EventBusBuilder> settings;
        private final AtomicInteger begun = new AtomicInteger();
        private final BusUnderTest publisher;
        private volatile int enough = Integer.MAX_VALUE;
        private volatile Hold hold = new Hold();
        private int published;

        Flow(Scenario scenario, UnaryOperator<EventBusBuilder> settings) {
            this.scenario = scenario;
            this.group = scenario.group();
            this.settings = settings;
            this.publisher = scenario.publisher();
        }

        BusUnderTest join() {
            return scenario.member(
                    group,
                    event -> {
                        if (begun.incrementAndGet() > enough) {
                            hold.here();
                        }
                        LockSupport.parkNanos(WORK.toNanos());
                    },
                    settings);
        }

        /** Handlers stop after a number of them: the rest is there when the loss comes. */
        void publishHeld() {
            hold = new Hold();
            enough = begun.get() + scenario.random().nextInt(EVENTS_BETWEEN / 4);
            publish();
        }

        void publish() {
            for (int i = 0; i < EVENTS_BETWEEN; i++) {
                published++;
                scenario.publishAsync(publisher, Event.of(Sample.placed("key " + published % KEYS, published)));
            }
        }

        /** Until a number of them is begun that differs from run to run, so that the loss meets the others anywhere. */
        void awaitSome(Kit kit, int held) {
            kit.await().precondition().count("the handlers that are held", hold.arrivals(), held);
        }

        /** Lets the handlers go on. */
        void goOn() {
            enough = Integer.MAX_VALUE;
            hold.release();
        }

        void finish(UnaryOperator<HistoryChecker> expectations) {
            scenario.awaitHandled(group, published);
            scenario.fence(publisher);
            scenario.check(expectations);
        }
    }
}
