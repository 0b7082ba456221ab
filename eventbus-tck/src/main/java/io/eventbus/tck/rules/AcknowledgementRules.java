package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.eventbus.AsyncEventHandler;
import io.eventbus.Event;
import io.eventbus.spi.Group;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Collected;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Hold;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Scenario;
import io.eventbus.tck.Witness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** ACK: when an event is settled, and what becomes of one that is not. */
@Conformance
public class AcknowledgementRules {

    private static final int HELD = 0;
    private static final int OTHERS = 40;
    private static final int FETCH = 1000;
    private static final int FETCH_KEYS = 100;

    /** Run by JUnit. */
    public AcknowledgementRules() {}

    @Test
    @Rule("ACK-1")
    @DisplayName("an event whose handler is still running when its member is lost goes to another member")
    final void runningHandler(Kit kit) {
        String topic = kit.name("topic");
        String group = kit.name("group");
        Hold hold = new Hold();
        BusUnderTest member = kit.member(topic, group, event -> hold.here());
        BusUnderTest publisher = kit.publisher(topic);
        publisher.bus().publish(placed(HELD));
        kit.await().precondition().count("the running handler", hold.arrivals(), 1);
        member.crash();
        assertHeldComesAgain(kit, topic, group, publisher);
        hold.release();
    }

    @Test
    @Rule("ACK-1")
    @DisplayName("acknowledging events of other keys does not acknowledge one whose handler is still running")
    final void runningHandlerAmongOthers(Kit kit) {
        String topic = kit.name("topic");
        String group = kit.name("group");
        Hold hold = new Hold();
        Witness first = new Witness(event -> {
            if (event.payload().number() == HELD) {
                hold.here();
            }
        });
        BusUnderTest member = kit.member(topic, group, first);
        BusUnderTest publisher = kit.publisher(topic);
        publisher.bus().publish(heldAndOthers());
        kit.await().precondition().count("all handlers", first.calls(), 1 + OTHERS);
        member.crash();
        assertHeldComesAgain(kit, topic, group, publisher);
        hold.release();
    }

    @Test
    @Rule("ACK-1")
    @DisplayName("an event whose stage is not complete when its member is lost goes to another member")
    final void incompleteStage(Kit kit) {
        String topic = kit.name("topic");
        String group = kit.name("group");
        Collected<Integer> called = new Collected<>();
        CompletableFuture<Void> incomplete = new CompletableFuture<>();
        AsyncEventHandler<Sample.Placed> handler = event -> {
            called.add(event.payload().number());
            return event.payload().number() == HELD ? incomplete : CompletableFuture.completedFuture(null);
        };
        BusUnderTest member = kit.member(topic, group);
        member.bus().subscribeAsync(Sample.Placed.class, handler);
        member.start();
        BusUnderTest publisher = kit.publisher(topic);
        publisher.bus().publish(heldAndOthers());
        kit.await().precondition().count("all handlers", called, 1 + OTHERS);
        kit.await()
                .precondition()
                .until("the ends of the others", () -> member.bus().stats().inFlight() <= 1);
        kit.quiet().holds("it is not acknowledged", () -> member.bus().stats().inFlight() == 1);
        member.crash();
        assertHeldComesAgain(kit, topic, group, publisher);
        incomplete.complete(null);
    }

    private static List<Sample.Placed> heldAndOthers() {
        return IntStream.rangeClosed(HELD, HELD + OTHERS)
                .mapToObj(AcknowledgementRules::placed)
                .toList();
    }

    /** Each event has a key of its own. */
    private static Sample.Placed placed(int number) {
        return Sample.placed(key(number), number);
    }

    private static String key(int number) {
        return "key " + number;
    }

    private static void assertHeldComesAgain(Kit kit, String topic, String group, BusUnderTest publisher) {
        Witness other = new Witness();
        kit.member(topic, group, other);
        kit.await().until("the event at another member", () -> other.numbers().contains(HELD));
        kit.fence(publisher, key(HELD), other);
        assertEquals(List.of(1), other.attempts(HELD), "attempts at another member");
    }

    @Test
    @Rule("ACK-2")
    @DisplayName("events that were handled before a clean close do not come again")
    final void settledAtClose(Kit kit) {
        String topic = kit.name("topic");
        String group = kit.name("group");
        int keys = 16;
        int count = 1000;
        Witness before = new Witness();
        BusUnderTest member = kit.member(topic, group, before);
        BusUnderTest publisher = kit.publisher(topic);
        publisher.bus().publish(spread(count, keys));
        kit.await().precondition().count("all handlers", before.calls(), count);
        member.close();
        Witness after = new Witness();
        kit.member(topic, group, after);
        IntStream.range(0, keys).forEach(i -> kit.fence(publisher, key(i), after));
        assertEquals(List.of(), after.numbers(), "events that came again");
    }

    private static List<Sample.Placed> spread(int count, int keys) {
        return IntStream.range(0, count)
                .mapToObj(i -> Sample.placed(key(i % keys), i))
                .toList();
    }

    @Test
    @Rule("ACK-3")
    @DisplayName("an event that failed comes again with the same content to its group, and not to another group")
    final void failedEventComesAgain(Kit kit) {
        String topic = kit.name("topic");
        int keys = 4;
        Witness failing =
                Witness.failing(event -> event.attempt() == 1 && event.payload().number() % 2 == 0);
        Witness willing = new Witness();
        kit.member(topic, kit.name("failing"), failing);
        kit.member(topic, kit.name("willing"), willing);
        BusUnderTest publisher = kit.publisher(topic);
        List<Event<Sample.Placed>> events = spread(OTHERS, keys).stream()
                .map(payload ->
                        Event.of(payload).withKey(payload.order()).withHeader("Number", "kept " + payload.number()))
                .toList();
        publisher.bus().publish(events);
        IntStream.range(0, keys).forEach(i -> kit.fence(publisher, key(i), failing, willing));
        for (Event<Sample.Placed> event : events) {
            Content content = Content.of(event);
            boolean fails = event.payload().number() % 2 == 0;
            assertEquals(fails ? List.of(content, content) : List.of(content), contents(failing, event));
            assertEquals(List.of(content), contents(willing, event));
        }
    }

    private static List<Content> contents(Witness witness, Event<Sample.Placed> published) {
        return witness.calls().snapshot().stream()
                .filter(event -> event.payload().number() == published.payload().number())
                .map(Content::of)
                .toList();
    }

    /** What must be the same at every attempt. */
    private record Content(
            String id, Sample.Placed payload, @Nullable String key, Map<String, String> headers) {

        static Content of(Event<Sample.Placed> event) {
            return new Content(event.id(), event.payload(), event.key(), event.headers());
        }
    }

    @Test
    @Rule("ACK-4")
    @DisplayName("events that fail once are handled twice, and those handled beside them once")
    final void failuresAmongSuccesses(Kit kit) {
        Scenario scenario = new Scenario(kit);
        Group group = scenario.group();
        Set<Integer> failing = someFailing(scenario);
        Witness witness = Witness.failing(event ->
                event.attempt() == 1 && failing.contains(event.payload().number()));
        scenario.member(group, witness);
        BusUnderTest publisher = scenario.publisher();
        scenario.publish(publisher, fetch());
        scenario.awaitHandled(group, FETCH);
        scenario.fence(publisher);
        scenario.check();
        for (int i = 0; i < FETCH; i++) {
            assertEquals(failing.contains(i) ? List.of(1, 2) : List.of(1), witness.attempts(i), "attempts at " + i);
        }
    }

    @Test
    @Rule("ACK-4")
    @DisplayName("events that failed come again after their member was closed, although later ones succeeded")
    final void failuresBeforeClose(Kit kit) {
        Scenario scenario = new Scenario(kit);
        failuresBefore(scenario, scenario::leave);
    }

    @Test
    @Rule("ACK-4")
    @DisplayName("events that failed come again after their member was lost, although later ones succeeded")
    final void failuresBeforeCrash(Kit kit) {
        Scenario scenario = new Scenario(kit);
        failuresBefore(scenario, (member, group) -> scenario.crash(member));
    }

    /** A first member handles all but the failing and what is behind them; a second one handles those. */
    private static void failuresBefore(Scenario scenario, BiConsumer<BusUnderTest, Group> end) {
        Group group = scenario.group();
        Set<Integer> failing = someFailing(scenario);
        Witness first =
                Witness.failing(event -> failing.contains(event.payload().number()));
        Duration pause = Duration.ofMinutes(1);
        BusUnderTest member = scenario.member(
                group, first, builder -> builder.maxInFlight(FETCH).retry(Kit.RETRY.withBackoff(pause, pause)));
        BusUnderTest publisher = scenario.publisher();
        List<Event<Sample.Placed>> events = fetch();
        scenario.publish(publisher, events);
        scenario.awaitHandled(group, countBeforeFailures(events, failing));
        end.accept(member, group);
        scenario.member(group, new Witness());
        scenario.awaitHandled(group, FETCH);
        scenario.fence(publisher);
        scenario.check();
    }

    private static List<Event<Sample.Placed>> fetch() {
        return spread(FETCH, FETCH_KEYS).stream().map(Event::of).toList();
    }

    /** One in twenty. */
    private static Set<Integer> someFailing(Scenario scenario) {
        return scenario.random()
                .ints(0, FETCH)
                .distinct()
                .limit(FETCH / 20)
                .boxed()
                .collect(Collectors.toSet());
    }

    /** How many events have none before them with their key that fails, nor fail themselves. */
    private static int countBeforeFailures(List<Event<Sample.Placed>> events, Set<Integer> failing) {
        Set<String> blocked = new HashSet<>();
        int count = 0;
        for (Event<Sample.Placed> event : events) {
            Sample.Placed payload = event.payload();
            if (failing.contains(payload.number())) {
                blocked.add(payload.order());
            }
            count += blocked.contains(payload.order()) ? 0 : 1;
        }
        return count;
    }

    @Test
    @Rule("ACK-5")
    @DisplayName("attempts are counted from 1, and an event is marked as redelivered from the second on")
    final void attemptsAreCounted(Kit kit) {
        String topic = kit.name("topic");
        Witness witness = Witness.failing(event -> event.attempt() < 5);
        kit.member(topic, kit.name("group"), witness, builder -> builder.retry(Kit.RETRY.withMaxAttempts(6)));
        BusUnderTest publisher = kit.publisher(topic);
        publisher.bus().publish(placed(1));
        kit.fence(publisher, key(1), witness);
        assertEquals(List.of(1, 2, 3, 4, 5), witness.attempts(1));
        List<Boolean> redelivered = new ArrayList<>();
        witness.calls().snapshot().forEach(event -> redelivered.add(event.redelivered()));
        assertEquals(List.of(false, true, true, true, true), redelivered);
    }
}
