package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventbus.AsyncEventHandler;
import io.eventbus.BusClosedException;
import io.eventbus.Event;
import io.eventbus.EventBus;
import io.eventbus.spi.Group;
import io.eventbus.tck.Aside;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Collected;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Hold;
import io.eventbus.tck.Inconclusive;
import io.eventbus.tck.Kit;
import io.eventbus.tck.QuietWindow;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Scenario;
import io.eventbus.tck.Witness;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** LIF: what becomes of handlers and events when a bus is closed. */
@Conformance
public class LifecycleDrainRules {

    private static final int STREAM = 5_000;
    private static final int STREAM_KEYS = 64;
    private static final int HANDLED_BEFORE = 10;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** By how much a machine that is busy may delay the return. */
    private static final Duration SLACK = Duration.ofMillis(500);

    /** Run by JUnit. */
    public LifecycleDrainRules() {}

    /** Each event has a key of its own. */
    private static List<Sample.Placed> numbered(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> Sample.placed(key(i), i))
                .toList();
    }

    private static String key(int number) {
        return "key " + number;
    }

    @Test
    @Rule("LIF-2")
    @DisplayName("close waits for the running handler, keeps its acknowledgement, and starts no other")
    final void closeWaitsForHandler(Kit kit) {
        String topic = kit.name("topic");
        String group = kit.name("group");
        Hold hold = new Hold();
        AtomicBoolean ended = new AtomicBoolean();
        Witness before = new Witness(event -> {
            hold.here();
            ended.set(true);
        });
        QuietWindow quiet = kit.quiet();
        Duration closeTimeout = quiet.length().plus(kit.timing().slack(Duration.ofSeconds(10)));
        BusUnderTest member = kit.member(
                topic, group, before, builder -> builder.handlerConcurrency(1).closeTimeout(closeTimeout));
        BusUnderTest publisher = kit.publisher(topic);
        publisher.bus().publish(numbered(20));
        kit.await().precondition().count("the running handler", hold.arrivals(), 1);
        CompletableFuture<Boolean> closed = Aside.get(() -> {
            member.close();
            return ended.get();
        });
        quiet.holds("close does not return while a handler runs", () -> !closed.isDone());
        hold.release();
        assertTrue(kit.await().result("the return of close", closed), "the handler had ended when close returned");
        List<Integer> handled = before.numbers();
        assertEquals(1, handled.size(), "started handlers");
        Witness after = new Witness();
        kit.member(topic, group, after);
        IntStream.rangeClosed(1, 20).forEach(i -> kit.fence(publisher, key(i), after));
        assertEquals(
                IntStream.rangeClosed(1, 20)
                        .boxed()
                        .filter(i -> !handled.contains(i))
                        .toList(),
                after.numbers().stream().sorted().toList(),
                "events after reopening");
    }

    @Test
    @Rule("LIF-2")
    @DisplayName("a handler that is running when its bus is closed may still publish, and is acknowledged")
    final void handlerPublishesAtClose(Kit kit) {
        String topic = kit.name("topic");
        String group = kit.name("group");
        Hold hold = new Hold();
        BusUnderTest member = kit.bus(topic, builder -> builder.group(group));
        EventBus bus = member.bus();
        bus.subscribe(Sample.Placed.class, event -> {
            hold.here();
            bus.publish(
                    new Sample.Shipped(event.payload().order(), event.payload().number()));
        });
        member.start();
        Collected<Integer> shipped = new Collected<>();
        BusUnderTest watch = kit.member(topic, kit.name("watch"));
        watch.bus()
                .subscribe(
                        Sample.Shipped.class,
                        event -> shipped.add(event.payload().number()));
        watch.start();
        watch.bus().publish(Sample.placed(key(1), 1));
        kit.await().precondition().count("the running handler", hold.arrivals(), 1);
        CompletableFuture<Void> closed = Aside.run(member::close);
        kit.await().until("the begin of the close", () -> refusesSubscription(bus));
        hold.release();
        kit.await().result("the return of close", closed);
        kit.await().count("what the handler published", shipped, 1);
        Witness after = new Witness();
        kit.member(topic, group, after);
        kit.fence(watch, key(1), after);
        assertEquals(List.of(), after.numbers(), "events after reopening");
    }

    private static boolean refusesSubscription(EventBus bus) {
        try {
            bus.subscribe(Sample.Shipped.class, event -> {}).close();
            return false;
        } catch (BusClosedException e) {
            return true;
        }
    }

    @Test
    @Rule("LIF-2")
    @DisplayName("no handler starts after close has returned from a busy stream, and nothing is lost or repeated")
    final void closeInBusyStream(Kit kit) {
        Scenario scenario = new Scenario(kit);
        Group group = scenario.group();
        AtomicInteger started = new AtomicInteger();
        AtomicInteger ended = new AtomicInteger();
        BusUnderTest member = scenario.member(group, event -> {
            started.incrementAndGet();
            LockSupport.parkNanos(200_000);
            ended.incrementAndGet();
        });
        BusUnderTest publisher = scenario.publisher();
        CompletableFuture<Void> published = Aside.run(() -> scenario.publish(publisher, stream()));
        kit.await().precondition().until(HANDLED_BEFORE + " handled events", () -> ended.get() >= HANDLED_BEFORE);
        scenario.leave(member, group);
        int startedBefore = started.get();
        assertEquals(startedBefore, ended.get(), "handlers that had ended when close returned");
        Inconclusive.unless(startedBefore < STREAM, "events that were not handled when the bus was closed");
        kit.quiet().holds("no handler starts", () -> started.get() == startedBefore);
        kit.await().result("the publishing", published);
        scenario.member(group, new Witness());
        scenario.awaitHandled(group, STREAM);
        scenario.fence(publisher);
        scenario.check();
    }

    private static List<Event<Sample.Placed>> stream() {
        return IntStream.range(0, STREAM)
                .mapToObj(i -> Event.of(Sample.placed(key(i % STREAM_KEYS), i)))
                .toList();
    }

    @Test
    @Rule("LIF-3")
    @DisplayName(
            "close returns in time although a handler ignores interrupts, and its event comes again before later ones of its key")
    final void stuckHandler(Kit kit) {
        AtomicBoolean released = new AtomicBoolean();
        Witness before = new Witness(event -> {
            while (event.payload().number() == 1 && !released.get()) {
                LockSupport.parkNanos(1_000_000);
                Thread.interrupted();
            }
        });
        stuckAtClose(kit, bus -> bus.subscribe(Sample.Placed.class, before), before.calls());
        released.set(true);
    }

    @Test
    @Rule("LIF-3")
    @DisplayName(
            "close returns in time although a stage is never completed, and its event comes again before later ones of its key")
    final void stuckStage(Kit kit) {
        Collected<Event<Sample.Placed>> calls = new Collected<>();
        AsyncEventHandler<Sample.Placed> before = event -> {
            calls.add(event);
            return event.payload().number() == 1 ? new CompletableFuture<>() : CompletableFuture.completedFuture(null);
        };
        stuckAtClose(kit, bus -> bus.subscribeAsync(Sample.Placed.class, before), calls);
    }

    @Test
    @Rule("LIF-3")
    @DisplayName(
            "a bus that is closed waits for the publishes that it has taken, and not for those who go on publishing")
    final void othersGoOnPublishing(Kit kit) {
        Duration patience = kit.timing().slack(PATIENCE);
        String topic = kit.name("topic");
        Witness witness = new Witness();
        kit.member(topic, kit.name("group"), witness);
        BusUnderTest bus = kit.bus(
                        topic, builder -> builder.closeTimeout(patience).publishTimeout(patience))
                .start();
        bus.faults().holdAnswers();
        Collected<CompletableFuture<Void>> taken = new Collected<>();
        publish(bus, taken);
        CompletableFuture<Void> closed = Aside.run(bus::close);
        kit.await().until("the refusal of a publish", () -> !publish(bus, taken));
        assertTrue(
                taken.snapshot().stream().noneMatch(CompletableFuture::isDone),
                "a publish ended while answers were held");
        assertFalse(closed.isDone(), "close returned while publishes were open");
        bus.faults().passAnswers();
        kit.await().result("the return of close", closed);
        taken.snapshot().forEach(one -> kit.await().result("what was taken", one));
        kit.await().count("what was taken at the other bus", witness.calls(), taken.size());
    }

    /** {@return whether it was taken} */
    private static boolean publish(BusUnderTest bus, Collected<CompletableFuture<Void>> taken) {
        try {
            taken.add(
                    bus.bus().publishAsync(Sample.placed(key(1), taken.size())).toCompletableFuture());
            return true;
        } catch (BusClosedException e) {
            return false;
        }
    }

    private static Duration closingTimeOf(BusUnderTest bus) {
        long start = System.nanoTime();
        bus.close();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** How long a bus takes to close that has nothing to wait for tells how slow the machine is meanwhile. */
    private static void stuckAtClose(
            Kit kit, Consumer<EventBus> subscribe, Collected<Event<Sample.Placed>> callsBefore) {
        String topic = kit.name("topic");
        String group = kit.name("group");
        BusUnderTest member = kit.bus(topic, builder -> builder.group(group).closeTimeout(CLOSE_TIMEOUT));
        subscribe.accept(member.bus());
        member.start();
        BusUnderTest idle = kit.member(topic, kit.name("idle"), new Witness());
        BusUnderTest publisher = kit.publisher(topic);
        publisher.bus().publish(numbered(3));
        publisher.bus().publish(List.of(Sample.placed(key(1), 4), Sample.placed(key(1), 5)));
        kit.await().precondition().count("the handlers", callsBefore, 3);
        CompletableFuture<Duration> another = Aside.get(() -> closingTimeOf(idle));
        Duration took = closingTimeOf(member);
        Duration limit = CLOSE_TIMEOUT
                .plus(kit.timing().slack(SLACK))
                .plus(shorter(kit.await().result("the close of an idle bus", another), CLOSE_TIMEOUT));
        assertTrue(took.compareTo(limit) <= 0, "close took " + took + " of at most " + CLOSE_TIMEOUT);
        Witness after = new Witness();
        kit.member(topic, group, after);
        IntStream.rangeClosed(1, 3).forEach(i -> kit.fence(publisher, key(i), after));
        assertEquals(List.of(1, 4, 5), after.numbers(), "events after reopening");
    }
}
