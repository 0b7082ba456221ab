package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventbus.EventBus;
import io.eventbus.Subscription;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Collected;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Inconclusive;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Witness;
import io.eventbus.tck.jvm.ChildJvm;
import io.eventbus.tck.jvm.ServiceProgram;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** LIF-2: a bus that is closed because its JVM goes down. */
@Conformance
public class JvmShutdownRules {

    /** No more than a member takes at once: what a broker keeps for all members need not be handed over. */
    private static final int EVENTS = 250;

    private static final int KEYS = 20;
    private static final int HANDLED_BEFORE = 10;
    private static final Duration WORK = Duration.ofMillis(400);

    /** How often it is tried at most. */
    private static final int HAND_OVERS = 3;

    /** How long the JVM itself may take to notice the signal, and the other member to handle what comes. */
    private static final Duration SLACK = Duration.ofSeconds(1);

    /** By how much a machine that is busy may delay any one of them. */
    private static final Duration MOST_SLACK = Duration.ofSeconds(2);

    private static final Pattern NONE_ABANDONED = Pattern.compile("\\b0 abandoned");
    private static final Pattern SOME_HANDED_BACK = Pattern.compile("\\b[1-9][0-9]* handed back");

    /** What a JVM that SIGTERM has ended says. */
    private static final int TERMINATED = 128 + 15;

    /** Run by JUnit. */
    public JvmShutdownRules() {}

    @Test
    @Rule("LIF-2")
    @DisplayName(
            "SIGTERM under load closes the bus in order: each event is handled once, by that JVM or soon by another member")
    final void terminatedUnderLoad(Kit kit) {
        kit.requireNetwork();
        Duration limit = kit.timing().slack(promised(kit).plus(SLACK));
        Fastest.isWithin(limit, HAND_OVERS, "hand-over", () -> handOver(kit));
    }

    /** From the signal on, the end of the handlers included. */
    private static Duration promised(Kit kit) {
        return kit.environment().handOver().plus(WORK);
    }

    /** How long one takes, in which each event is handled once. */
    private static Duration handOver(Kit kit) {
        String topic = kit.name("topic");
        String group = kit.name("group");
        Collected<Integer> byTheJvm = new Collected<>();
        BusUnderTest watch = kit.member(topic, kit.name("watch"));
        watch.bus()
                .subscribe(
                        Sample.Shipped.class,
                        event -> byTheJvm.add(event.payload().number()));
        watch.start();
        BusUnderTest asking = kit.member(topic, group).start();
        Witness other = new Witness();
        BusUnderTest standby = kit.bus(topic, builder -> builder.group(group));
        Subscription waiting = standby.bus().subscribe(Sample.Placed.class, other);
        waiting.pause();
        AtomicLong took = new AtomicLong();
        ChildJvm.Ended ended = new ChildJvm(kit)
                .url(kit.environment().url())
                .run(ServiceProgram.class, arguments(kit, topic, group), process -> {
                    Inconclusive.unless(process.supportsNormalTermination(), "a system that has SIGTERM");
                    awaitMember(kit, asking.bus());
                    standby.start();
                    asking.bus().publish(numbered());
                    kit.await().precondition().count("handled events", byTheJvm, HANDLED_BEFORE);
                    Inconclusive.unless(byTheJvm.size() < EVENTS / 2, "events that wait when the JVM is ended");
                    long signal = System.nanoTime();
                    process.destroy();
                    waiting.resume();
                    kit.timing()
                            .declared(promised(kit).plus(MOST_SLACK))
                            .until(
                                    "all events",
                                    () -> byTheJvm.size() + other.calls().size() >= EVENTS);
                    took.set(System.nanoTime() - signal);
                });
        assertEquals(TERMINATED, ended.exitCode(), ended::toString);
        assertTrue(NONE_ABANDONED.matcher(ended.output()).find(), ended::toString);
        IntStream.range(0, KEYS).forEach(i -> kit.fence(asking, key(i), other));
        List<Integer> all = new ArrayList<>(byTheJvm.snapshot());
        all.addAll(other.numbers());
        assertEquals(
                IntStream.range(0, EVENTS).boxed().toList(),
                all.stream().sorted().toList(),
                "handled by both");
        assertEquals(0, asking.bus().queueInfo().deadLetters(), "dead letters");
        Inconclusive.unless(
                SOME_HANDED_BACK.matcher(ended.output()).find(), "events that the JVM has handed back: " + ended);
        return Duration.ofNanos(took.get());
    }

    private static List<String> arguments(Kit kit, String topic, String group) {
        List<String> arguments = new ArrayList<>(List.of(topic, group, Long.toString(WORK.toNanos())));
        arguments.addAll(ChildJvm.busOptions(kit.environment()));
        return arguments;
    }

    private static void awaitMember(Kit kit, EventBus bus) {
        kit.await()
                .precondition()
                .until("the JVM as a member", () -> bus.queueInfo().members() == 1);
    }

    private static List<Sample.Placed> numbered() {
        return IntStream.range(0, EVENTS)
                .mapToObj(i -> Sample.placed(key(i % KEYS), i))
                .toList();
    }

    private static String key(int number) {
        return "key " + number;
    }
}
