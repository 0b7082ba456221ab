package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventbus.DeadLetter;
import io.eventbus.DeadLetterReason;
import io.eventbus.Event;
import io.eventbus.EventBus;
import io.eventbus.EventBusBuilder;
import io.eventbus.Ordering;
import io.eventbus.UnsupportedCapabilityException;
import io.eventbus.spi.Capability;
import io.eventbus.spi.Group;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Collected;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Hold;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Scenario;
import io.eventbus.tck.history.HistoryChecker;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** DSC: what the transport can do is honoured, what it cannot do is refused. */
@Conformance
public class CapabilityRules {

    private static final int MAX_DELIVERIES = 2;
    private static final int ROOM = 10;

    /** Run by JUnit. */
    public CapabilityRules() {}

    @Test
    @Rule("DSC-3")
    @DisplayName("requiring a capability that is not declared is refused when the bus is built, naming it")
    final void undeclaredIsRefused(Kit kit) {
        Set<Capability> missing = EnumSet.allOf(Capability.class);
        missing.removeAll(declared(kit));
        missing.forEach(capability -> assertRefused(capability, builder(kit).require(capability)));
    }

    @Test
    @Rule("DSC-3")
    @DisplayName("requiring the declared capabilities is not refused, and the bus has them")
    final void declaredIsGranted(Kit kit) {
        Set<Capability> declared = declared(kit);
        try (EventBus bus =
                builder(kit).require(declared.toArray(Capability[]::new)).build()) {
            assertEquals(declared, bus.capabilities());
        }
    }

    @Test
    @Rule("DSC-3")
    @DisplayName("order across the members of a group is honoured or refused")
    final void orderAcrossMembersIsNotIgnored(Kit kit) {
        kit.requireCapability(Capability.GROUP_KEY_ORDER, builder -> builder.ordering(Ordering.KEY_ACROSS_MEMBERS));
        Scenario scenario = new Scenario(kit);
        Group group = scenario.group();
        Hold hold = new Hold();
        for (int i = 0; i < 2; i++) {
            scenario.member(
                    group,
                    event -> hold.here(),
                    builder -> builder.ordering(Ordering.KEY_ACROSS_MEMBERS).maxInFlight(ROOM));
        }
        BusUnderTest publisher = scenario.publisher();
        for (int number = 1; number <= 10 * ROOM; number++) {
            scenario.publishAsync(publisher, Event.of(Sample.placed("key", number)));
        }
        kit.await().precondition().count("a running handler", hold.arrivals(), 1);
        kit.quiet()
                .holds(
                        "nothing else of the key is handled",
                        () -> hold.arrivals().size() == 1);
        hold.release();
        scenario.fence(publisher);
        scenario.check(HistoryChecker::withKeyOrderAcrossMembers);
    }

    @Test
    @Rule("DSC-3")
    @DisplayName("a bound of deliveries is honoured or refused")
    final void boundOfDeliveriesIsNotIgnored(Kit kit) {
        kit.requireCapability(Capability.DELIVERY_COUNT, builder -> builder.maxDeliveries(MAX_DELIVERIES));
        String topic = kit.name("topic");
        String group = kit.name("group");
        CountDownLatch end = new CountDownLatch(1);
        BusUnderTest publisher = kit.publisher(topic);
        for (int delivery = 1; delivery <= MAX_DELIVERIES; delivery++) {
            CountDownLatch running = new CountDownLatch(1);
            BusUnderTest member = kit.bus(topic, bounded(group));
            member.bus().subscribe(Sample.Placed.class, event -> {
                running.countDown();
                end.await();
            });
            member.start();
            if (delivery == 1) {
                publisher.bus().publish(Sample.placed("key", 1));
            }
            kit.await().precondition().latch("delivery " + delivery, running);
            member.crash();
        }
        BusUnderTest last = kit.bus(topic, bounded(group));
        Collected<Integer> handled = new Collected<>();
        last.bus()
                .subscribe(
                        Sample.Placed.class,
                        event -> handled.add(event.payload().number()));
        last.start();
        kit.await().until("the dead letter", () -> last.bus().deadLetters().count() == 1);
        end.countDown();
        DeadLetter letter = last.bus().deadLetters().list(1).get(0);
        assertEquals(DeadLetterReason.CRASH_LOOP, letter.reason());
        publisher.bus().publish(Sample.placed("key", 2));
        assertEquals(List.of(2), kit.await().count("the event after it", handled, 1));
    }

    private static UnaryOperator<EventBusBuilder> bounded(String group) {
        return builder -> builder.group(group).maxDeliveries(MAX_DELIVERIES);
    }

    private static void assertRefused(Capability capability, EventBusBuilder builder) {
        UnsupportedCapabilityException refusal = assertThrows(UnsupportedCapabilityException.class, builder::build);
        assertEquals(capability, refusal.capability());
        assertTrue(String.valueOf(refusal.getMessage()).contains(capability.name()), refusal::toString);
    }

    private static Set<Capability> declared(Kit kit) {
        try (EventBus bus = builder(kit).build()) {
            return bus.capabilities();
        }
    }

    private static EventBusBuilder builder(Kit kit) {
        return kit.looseBuilder(kit.environment().url())
                .topic(kit.name("topic"))
                .group(kit.name("group"));
    }
}
