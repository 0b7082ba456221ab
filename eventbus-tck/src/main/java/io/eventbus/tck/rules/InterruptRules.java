package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventbus.Event;
import io.eventbus.Health;
import io.eventbus.spi.Group;
import io.eventbus.tck.Aside;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Collected;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Hold;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Scenario;
import io.eventbus.tck.Stress;
import io.eventbus.tck.Witness;
import io.eventbus.tck.history.Outcome;
import io.eventbus.tck.history.Reachability;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** CON-4: threads that are interrupted inside the bus. */
@Conformance
public class InterruptRules {

    private static final int PUBLISHERS = 8;
    private static final int EVENTS_OF_EACH = 60;
    private static final int MOST_OF_EACH = 100 * EVENTS_OF_EACH;
    private static final int ENDED = Stress.times(10);
    private static final int PAUSE_NANOS = 300_000;
    private static final String KEY = "key";

    /** Longer than the test takes on a machine that is very busy. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(60);

    /** Run by JUnit. */
    public InterruptRules() {}

    @Test
    @Rule("CON-4")
    @DisplayName("an interrupt ends the publish that it meets, truthfully and with the flag kept, and no other")
    final void insidePublish(Kit kit) {
        Scenario scenario = new Scenario(kit);
        Group group = scenario.group();
        scenario.member(group, event -> {});
        BusUnderTest publisher = scenario.publisher();
        Collected<Thread> threads = new Collected<>();
        AtomicInteger ended = new AtomicInteger();
        List<CompletableFuture<Integer>> publishing = IntStream.range(0, PUBLISHERS)
                .mapToObj(i -> Aside.get(() -> publishMany(scenario, publisher, KEY + i, threads, ended)))
                .toList();
        List<Thread> all = kit.await().precondition().count("the publishing threads", threads, PUBLISHERS);
        CompletableFuture<Void> end = CompletableFuture.allOf(publishing.toArray(CompletableFuture[]::new));
        interruptUntil(end, all, scenario.random());
        kit.await().result("the end of all publishers", end);
        int lostFlags = publishing.stream().mapToInt(CompletableFuture::join).sum();
        assertEquals(0, lostFlags, "publishes that an interrupt ended and that did not keep the flag");
        scenario.fence(publisher);
        scenario.check(checker -> checker.mustReach(new Reachability(
                ENDED + " publishes ended by interrupts",
                history -> history.records().stream()
                                .filter(line ->
                                        line.outcome() == Outcome.UNKNOWN || line.outcome() == Outcome.NOT_ACCEPTED)
                                .count()
                        >= ENDED)));
    }

    /**
     * Publishes so many, and on until interrupts have ended enough of all: where publishing is fast, few are met.
     *
     * @return how many ended badly although the thread was not interrupted
     */
    private static int publishMany(
            Scenario scenario, BusUnderTest publisher, String key, Collected<Thread> threads, AtomicInteger ended) {
        threads.add(Thread.currentThread());
        int unexplained = 0;
        for (int number = 0; number < EVENTS_OF_EACH || (ended.get() < ENDED && number < MOST_OF_EACH); number++) {
            Outcome outcome = scenario.publish(publisher, Event.of(Sample.placed(key, number)));
            boolean interrupted = Thread.interrupted();
            if (outcome != Outcome.ACCEPTED) {
                ended.incrementAndGet();
                unexplained += interrupted ? 0 : 1;
            }
        }
        return unexplained;
    }

    private static void interruptUntil(CompletableFuture<?> end, List<Thread> threads, Random random) {
        while (!end.isDone()) {
            threads.get(random.nextInt(threads.size())).interrupt();
            LockSupport.parkNanos(random.nextInt(PAUSE_NANOS));
        }
    }

    @Test
    @Rule("CON-4")
    @DisplayName("an interrupt ends the wait for the end of a bus, which closes in order all the same")
    final void insideClose(Kit kit) {
        String topic = kit.name("topic");
        String group = kit.name("group");
        Hold hold = new Hold();
        Witness before = new Witness(event -> hold.here());
        BusUnderTest member = kit.member(
                topic, group, before, builder -> builder.handlerConcurrency(1).closeTimeout(CLOSE_TIMEOUT));
        BusUnderTest publisher = kit.publisher(topic);
        publisher.bus().publish(List.of(Sample.placed(KEY, 1), Sample.placed(KEY, 2)));
        kit.await().precondition().count("the running handler", hold.arrivals(), 1);
        Collected<Thread> closer = new Collected<>();
        CompletableFuture<Boolean> flag = Aside.get(() -> {
            closer.add(Thread.currentThread());
            member.close();
            return Thread.currentThread().isInterrupted();
        });
        kit.await().precondition().until("the beginning of the close", () -> isClosing(member));
        assertFalse(flag.isDone(), "close waits for the handler");
        kit.await().until("the return of close", () -> {
            closer.snapshot().get(0).interrupt(); // one that comes before the wait is kept, and does not end it
            return flag.isDone();
        });
        assertTrue(flag.join(), "the interrupt flag is kept");
        assertTrue(member.bus().shutdownReport().isEmpty(), "closed while a handler runs");
        hold.release();
        member.close();
        assertEquals(1, member.bus().shutdownReport().orElseThrow().drained(), "deliveries that the close waited for");
        Witness after = new Witness();
        kit.member(topic, group, after);
        kit.fence(publisher, KEY, after);
        assertEquals(List.of(2), after.numbers(), "events after reopening");
    }

    private static boolean isClosing(BusUnderTest member) {
        return member.bus().health().status() == Health.Status.DOWN;
    }
}
