package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.eventbus.BusClosedException;
import io.eventbus.BusError;
import io.eventbus.Event;
import io.eventbus.EventBus;
import io.eventbus.EventSubscriber;
import io.eventbus.Subscription;
import io.eventbus.SubscriptionOptions;
import io.eventbus.tck.Aside;
import io.eventbus.tck.Await;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Collected;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Hold;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Witness;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** LIF: how a bus ends. */
@Conformance
public class LifecycleRules {

    private static final String KEY = "key";

    /** Much less than any time-out of the bus. */
    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    /** Run by JUnit. */
    public LifecycleRules() {}

    private static List<Sample.Placed> numbered(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(i -> Sample.placed(KEY, i))
                .toList();
    }

    @Test
    @Rule("LIF-1")
    @DisplayName("a bus may be closed twice, and then refuses at once whatever needs a broker")
    final void closeTwice(Kit kit) {
        Witness witness = new Witness();
        String topic = kit.name("topic");
        BusUnderTest member = kit.member(topic, kit.name("group"), witness);
        member.bus().publish(numbered(1, 3));
        kit.await().precondition().count("handled events", witness.calls(), 3);
        member.close();
        member.close();
        assertClosed(kit, member.bus());
    }

    private static void assertClosed(Kit kit, EventBus bus) {
        Await atOnce = kit.timing().declared(AT_ONCE);
        callsOf(bus).forEach((name, call) -> {
            Throwable failure = atOnce.failure("the refusal of " + name, Aside.run(call));
            assertInstanceOf(BusClosedException.class, failure, name);
        });
    }

    private static Map<String, Runnable> callsOf(EventBus bus) {
        Sample.Placed event = Sample.placed(KEY, 9);
        Map<String, Runnable> calls = new LinkedHashMap<>();
        calls.put("start", bus::start);
        calls.put("publish", () -> bus.publish(event));
        calls.put("publish of a list", () -> bus.publish(List.of(event, event)));
        calls.put("publishAsync", () -> result(bus.publishAsync(event)));
        calls.put("publishAsync of a list", () -> result(bus.publishAsync(List.of(event, event))));
        calls.put("subscribe", () -> bus.subscribe(Sample.Placed.class, unused -> {}));
        calls.put("subscribeAsync", () -> bus.subscribeAsync(Sample.Placed.class, unused -> new CompletableFuture<>()));
        calls.put("subscribeAll", () -> bus.subscribeAll(new Subscriber()));
        calls.put("subscribeToAllEvents", () -> bus.subscribeToAllEvents(unused -> {}));
        calls.put("queueInfo", bus::queueInfo);
        calls.put("deadLetters", () -> bus.deadLetters().count());
        return calls;
    }

    /** Throws what the stage failed with. */
    private static void result(CompletionStage<Void> stage) {
        stage.toCompletableFuture().join();
    }

    private static final class Subscriber implements EventSubscriber {

        @Override
        public Set<Class<?>> subscribedTo() {
            return Set.of(Sample.Placed.class);
        }

        @Override
        public void handle(Event<?> event) {}
    }

    @Test
    @Rule("LIF-1")
    @DisplayName("closing a subscription and a bus that nothing disturbs reports no error")
    final void closeReportsNothing(Kit kit) {
        String topic = kit.name("topic");
        Collected<BusError> errors = new Collected<>();
        Witness witness = new Witness();
        Witness ephemeral = new Witness();
        BusUnderTest member =
                kit.bus(topic, builder -> builder.group(kit.name("group")).onError(errors::add));
        member.bus().subscribe(Sample.Placed.class, witness);
        member.start();
        Subscription subscription = member.bus()
                .subscribe(
                        Sample.Placed.class,
                        ephemeral,
                        SubscriptionOptions.defaults().asEphemeral());
        kit.await().result("the readiness", subscription.ready());
        kit.fence(member, KEY, witness, ephemeral);
        kit.fence(member, KEY, witness, ephemeral);
        subscription.close();
        member.close();
        assertEquals(List.of(), errors.snapshot());
    }

    @Test
    @Rule("LIF-1")
    @DisplayName("eight threads may close a bus at once, and each returns when it is closed")
    final void closeFromManyThreads(Kit kit) {
        int threads = 8;
        String topic = kit.name("topic");
        Hold hold = new Hold();
        Witness witness = new Witness(event -> {
            if (event.payload().number() == 2) {
                hold.here();
            }
        });
        BusUnderTest member = kit.member(topic, kit.name("group"), witness);
        member.bus().publish(numbered(1, 2));
        kit.await().precondition().count("the running handler", hold.arrivals(), 1);
        CyclicBarrier together = new CyclicBarrier(threads + 1);
        List<CompletableFuture<Void>> closed = IntStream.range(0, threads)
                .mapToObj(i -> Aside.run(() -> closeTogether(member, together)))
                .toList();
        meet(together);
        hold.release();
        closed.forEach(one -> kit.await().result("the return of close", one));
        assertClosed(kit, member.bus());
    }

    /** What another thread still has to do is done when close returns. */
    private static void closeTogether(BusUnderTest member, CyclicBarrier together) {
        meet(together);
        member.close();
        assertThrows(
                BusClosedException.class,
                () -> member.bus().publish(Sample.placed(KEY, 3)),
                "a publish after close has returned");
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException("interrupted before the closes", e);
        }
    }

    @Test
    @Rule("LIF-1")
    @DisplayName("a handler may close its own bus: its event counts as handled, and no further handler starts")
    final void closeFromHandler(Kit kit) {
        String topic = kit.name("topic");
        String group = kit.name("group");
        Collected<EventBus> closed = new Collected<>();
        BusUnderTest member = kit.member(topic, group);
        Witness before = new Witness(event -> {
            if (event.payload().number() == 2) {
                member.bus().close();
                closed.add(member.bus());
            }
        });
        member.bus().subscribe(Sample.Placed.class, before);
        member.start();
        BusUnderTest publisher = kit.publisher(topic);
        publisher.bus().publish(numbered(1, 4));
        kit.await().count("the return of close in the handler", closed, 1);
        member.close();
        assertClosed(kit, member.bus());
        Witness after = new Witness();
        kit.member(topic, group, after);
        kit.fence(publisher, KEY, after);
        assertEquals(List.of(1, 2), before.numbers(), "events until close");
        assertEquals(List.of(3, 4), after.numbers(), "events after reopening");
    }
}
