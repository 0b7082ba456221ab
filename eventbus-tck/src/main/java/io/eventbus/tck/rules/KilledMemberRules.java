package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventbus.DeadLetter;
import io.eventbus.DeadLetterReason;
import io.eventbus.Event;
import io.eventbus.EventBusBuilder;
import io.eventbus.RetryPolicy;
import io.eventbus.Subscription;
import io.eventbus.spi.Capability;
import io.eventbus.spi.Group;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Collected;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Witness;
import io.eventbus.tck.history.HistoryRecord;
import io.eventbus.tck.history.Op;
import io.eventbus.tck.jvm.MemberJvm;
import io.eventbus.tck.jvm.MemberProgram;
import io.eventbus.tck.jvm.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** ACK-6 and FLT-6: members that are killed, by themselves or by others. In a network they are JVMs, and really killed. */
@Conformance
public class KilledMemberRules {

    private static final int MAX_DELIVERIES = 5;
    private static final int RESTARTS = 10;
    private static final int OTHERS = 20;
    private static final int LOST_SESSIONS = 3;
    private static final Duration LIFE = Duration.ofMinutes(1);

    /** By how much a machine that is busy may delay what is measured once, the end of a JVM included. */
    private static final Duration SLACK = Duration.ofSeconds(5);

    /** Run by JUnit. */
    public KilledMemberRules() {}

    @Test
    @Rule("ACK-6")
    @DisplayName(
            "an event whose every handling takes its member down is a dead letter after maxDeliveries, and the others are handled")
    final void crashLoopEnds(Kit kit) {
        kit.requireCapability(Capability.DELIVERY_COUNT, builder -> builder.maxDeliveries(MAX_DELIVERIES));
        Group group = new Group(kit.name("topic"), kit.name("group"));
        if (kit.environment().address().isPresent()) {
            haltJvms(kit, group);
        } else {
            crashBuses(kit, group);
        }
    }

    private static void crashBuses(Kit kit, Group group) {
        Collected<String> handled = new Collected<>();
        Collected<String> deadly = new Collected<>();
        for (int death = 1; death <= MAX_DELIVERIES; death++) {
            CountDownLatch gone = new CountDownLatch(1);
            BusUnderTest member = crashing(kit, group, handled, deadly, gone);
            if (death == 1) {
                publish(kit, group, Work.HALT);
            }
            kit.await().count("handling " + death + " of the deadly event", deadly, death);
            member.crash();
            gone.countDown();
        }
        BusUnderTest survivor = crashing(kit, group, handled, deadly, new CountDownLatch(0));
        requireCrashLoop(kit.deadLetters(survivor, 1));
        kit.await()
                .until(
                        "all others",
                        () -> handled.snapshot().stream().distinct().count() == OTHERS);
        assertEquals(MAX_DELIVERIES, deadly.size());
    }

    /**
     * A member that is about to crash gets no other event done. It counts the deadly event once: what its bus still does after the
     * crash, which no process would do, such as another attempt, tells nothing.
     */
    private static BusUnderTest crashing(
            Kit kit, Group group, Collected<String> handled, Collected<String> deadly, CountDownLatch gone) {
        AtomicBoolean crashing = new AtomicBoolean();
        return kit.member(
                group.topic(),
                group.name(),
                event -> {
                    boolean halts = event.payload().text().equals(Work.HALT);
                    if (halts && crashing.compareAndSet(false, true)) {
                        deadly.add(event.id());
                    }
                    if (crashing.get()) {
                        gone.await();
                        throw new IllegalStateException("its bus has crashed");
                    }
                    handled.add(event.id());
                },
                builder -> builder.maxDeliveries(MAX_DELIVERIES));
    }

    private static void haltJvms(Kit kit, Group group) {
        List<MemberJvm> all = new ArrayList<>();
        List<HistoryRecord> history = new ArrayList<>();
        for (int death = 1; death <= MAX_DELIVERIES; death++) {
            MemberJvm member = start(kit, group);
            all.add(member);
            if (death == 1) {
                member.awaitReady(kit.timing().times(LIFE));
                publish(kit, group, Work.HALT);
            }
            assertTrue(member.awaitEnd(kit.timing().times(LIFE)), "the deadly event comes " + death + " times");
        }
        MemberJvm survivor = start(kit, group).awaitReady(kit.timing().times(LIFE));
        all.add(survivor);
        requireCrashLoop(kit.deadLetters(kit.member(group.topic(), group.name()).start(), 1));
        kit.await().until("all others", () -> {
            all.forEach(member -> history.addAll(member.readOn()));
            return ended(history) == OTHERS;
        });
        assertTrue(survivor.isAlive(), "the last member lives");
        long unended = history.stream()
                        .filter(record -> record.op() == Op.HANDLE_START)
                        .map(HistoryRecord::id)
                        .distinct()
                        .count()
                - OTHERS;
        assertEquals(1, unended, "events that were handled and never ended");
    }

    private static long ended(List<HistoryRecord> history) {
        return history.stream()
                .filter(record -> record.op() == Op.HANDLE_END)
                .map(HistoryRecord::id)
                .distinct()
                .count();
    }

    private static MemberJvm start(Kit kit, Group group) {
        MemberProgram.Settings settings = new MemberProgram.Settings(false, MAX_DELIVERIES);
        return MemberJvm.start(
                kit, new MemberJvm.Start(group, kit.environment().url(), System.nanoTime(), settings, text -> text));
    }

    /** Events of keys of their own, and among them one with this text. */
    private static void publish(Kit kit, Group group, String text) {
        BusUnderTest publisher = kit.publisher(group.topic());
        for (int number = 1; number <= OTHERS; number++) {
            publisher.bus().publish(Sample.placed("key " + number, number));
            if (number == OTHERS / 2) {
                publisher.bus().publish(new Sample.Placed("deadly", 0, text));
            }
        }
    }

    private static void requireCrashLoop(List<DeadLetter> letters) {
        assertEquals(1, letters.size(), () -> letters.toString());
        assertEquals(DeadLetterReason.CRASH_LOOP, letters.get(0).reason());
        assertEquals("deadly", letters.get(0).event().key());
    }

    @Test
    @Rule("ACK-6")
    @DisplayName("ten members that leave in order with events unhandled are no crash loop, and cost them no attempt")
    final void restartsAreNoCrashes(Kit kit) {
        kit.requireCapability(Capability.DELIVERY_COUNT, builder -> builder.maxDeliveries(MAX_DELIVERIES));
        String topic = kit.name("topic");
        String group = kit.name("group");
        Collected<Event<Sample.Placed>> handled = new Collected<>();
        RetryPolicy patient = RetryPolicy.defaults().withBackoff(LIFE, LIFE);
        for (int restart = 1; restart <= RESTARTS; restart++) {
            BusUnderTest member = kit.member(
                    topic,
                    group,
                    event -> {
                        handled.add(event);
                        throw new IllegalStateException("not yet");
                    },
                    builder -> builder.retry(patient));
            if (restart == 1) {
                BusUnderTest publisher = kit.publisher(topic);
                publisher.bus().publish(Sample.placed("key", 1));
                publisher.bus().publish(Sample.placed("other key", 2));
            }
            kit.await().count("delivery " + restart, handled, restart * 2);
            member.close();
        }
        BusUnderTest last = kit.member(topic, group, handled::add);
        kit.await().count("the events after all restarts", handled, (RESTARTS + 1) * 2).stream()
                .skip(RESTARTS * 2)
                .forEach(event -> assertEquals(1, event.attempt(), "attempt of " + event));
        assertEquals(0, last.bus().deadLetters().count());
    }

    @Test
    @Rule("ACK-6")
    @DisplayName("sessions that are lost again and again, with an event that no handler has seen, are no crash loop")
    final void lostSessionsAreNoCrashes(Kit kit) {
        UnaryOperator<EventBusBuilder> impatient = builder -> builder.maxDeliveries(LOST_SESSIONS - 1);
        kit.requireCapability(Capability.DELIVERY_COUNT, impatient);
        String topic = kit.name("topic");
        String group = kit.name("group");
        Witness witness = new Witness();
        BusUnderTest member = kit.bus(topic, builder -> impatient.apply(builder).group(group));
        Subscription subscription = member.bus().subscribe(Sample.Placed.class, witness);
        member.bus().subscribe(Sample.Shipped.class, event -> {}); // a group that is paused as a whole gets nothing
        subscription.pause();
        member.start();
        kit.publisher(topic).bus().publish(Sample.placed("key", 1));
        awaitDeliveries(kit, member, 1);
        for (int lost = 1; lost <= LOST_SESSIONS; lost++) {
            // cutting its connections does not end a session that the broker's client takes up again
            member.faults().failNextPoll(new IllegalStateException("the session is lost"));
            awaitDeliveries(kit, member, lost + 1);
        }
        subscription.resume();
        kit.await().count("the handled event", witness.calls(), 1);
        assertEquals(0, member.bus().deadLetters().count(), "dead letters");
    }

    private static void awaitDeliveries(Kit kit, BusUnderTest member, long count) {
        kit.await().until(count + " deliveries", () -> member.bus().stats().received() >= count);
    }

    @Test
    @Rule("FLT-6")
    @DisplayName("what a member was handling when its JVM was killed is handled by another, within the declared time")
    final void killedJvm(Kit kit) {
        kit.requireNetwork();
        Group group = new Group(kit.name("topic"), kit.name("group"));
        MemberJvm.Start start = new MemberJvm.Start(
                group, kit.environment().url(), System.nanoTime(), MemberProgram.Settings.DEFAULTS, text -> text);
        MemberJvm victim = MemberJvm.start(kit, start).awaitReady(kit.timing().times(LIFE));
        Witness witness = new Witness();
        kit.member(group.topic(), group.name(), witness);
        BusUnderTest publisher = kit.publisher(group.topic());
        for (int number = 1; number <= OTHERS; number++) {
            publisher.bus().publish(new Sample.Placed("key " + number, number, Work.HOLD));
        }
        List<HistoryRecord> held = new ArrayList<>();
        kit.await().precondition().until("an event at the member that will be killed", () -> {
            held.addAll(victim.readOn());
            return !held.isEmpty();
        });
        victim.kill();
        kit.timing()
                .declared(kit.environment().takeoverTime().plus(SLACK))
                .until(
                        "all events at the other member",
                        () -> witness.calls().snapshot().stream()
                                        .map(Event::id)
                                        .distinct()
                                        .count()
                                == OTHERS);
    }
}
