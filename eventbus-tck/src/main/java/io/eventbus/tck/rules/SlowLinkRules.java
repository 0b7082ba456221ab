package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.eventbus.Event;
import io.eventbus.spi.Group;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Scenario;
import io.eventbus.tck.history.History;
import io.eventbus.tck.history.Op;
import io.eventbus.tck.history.Outcome;
import io.eventbus.tck.history.Reachability;
import io.eventbus.tck.net.TcpProxy;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** FLT-4: connections are slow, and not silent. Nothing is judged by its speed. */
@Conformance
public class SlowLinkRules {

    private static final int KEYS = 8;
    private static final int EVENTS = 5 * KEYS;
    private static final Duration DELAY = Duration.ofMillis(50);

    private static final Reachability LATE =
            new Reachability("no answer to a publish before it had its way", SlowLinkRules::isFirstAnswerLate);

    /** The large event takes half a second to the broker, and as long to its handler: less than a silence. */
    private static final int BYTES_PER_SECOND = 100_000;

    private static final int LARGE = BYTES_PER_SECOND / 2;

    /** Run by JUnit. */
    public SlowLinkRules() {}

    @Test
    @Rule("FLT-4")
    @DisplayName("by connections on which everything comes late, events are published and handled, once and in order")
    final void late(Kit kit) {
        kit.requireNetwork();
        Scenario scenario = new Scenario(kit);
        assertPublishedAndHandled(kit, scenario, events(""), proxy -> proxy.delay(DELAY));
        scenario.check(checker -> checker.mustReach(LATE));
    }

    @Test
    @Rule("FLT-4")
    @DisplayName("by connections that let little through at a time, large and small events come, once and in order")
    final void narrow(Kit kit) {
        kit.requireNetwork();
        Scenario scenario = new Scenario(kit);
        List<Event<Sample.Placed>> events = events(randomText(scenario.random()));
        assertPublishedAndHandled(kit, scenario, events, proxy -> proxy.throttle(BYTES_PER_SECOND));
        scenario.check();
    }

    /** Acknowledgements, too, come through, and no session is lost. */
    private static void assertPublishedAndHandled(
            Kit kit, Scenario scenario, List<Event<Sample.Placed>> events, Consumer<TcpProxy> slow) {
        Group group = scenario.group();
        BusUnderTest member = scenario.member(group, event -> {});
        BusUnderTest publisher = scenario.publisher();
        List<BusUnderTest> buses = List.of(member, publisher);
        buses.forEach(bus -> slow.accept(bus.network()));
        List<CompletionStage<Outcome>> publishes = events.stream()
                .map(event -> scenario.publishAsync(publisher, event))
                .toList();
        publishes.forEach(
                each -> assertEquals(Outcome.ACCEPTED, kit.await().result("the end of a publish", each), "outcome"));
        scenario.fence(publisher);
        kit.await().until("an empty backlog", () -> member.bus().queueInfo().backlog() == 0);
        buses.forEach(bus -> assertEquals(0, bus.bus().stats().reconnects(), "lost sessions of " + bus.instance()));
        buses.forEach(bus -> bus.network().heal());
    }

    /** One in the middle has this text, others of its key before and behind it. */
    private static List<Event<Sample.Placed>> events(String text) {
        return IntStream.range(0, EVENTS)
                .mapToObj(i -> new Sample.Placed("key " + i % KEYS, i, i == EVENTS / 2 ? text : ""))
                .map(Event::of)
                .toList();
    }

    /** Which nothing on its way could make shorter. */
    private static String randomText(Random random) {
        return random.ints(LARGE, '0', 'z' + 1).mapToObj(Character::toString).collect(Collectors.joining());
    }

    private static boolean isFirstAnswerLate(History history) {
        long called = history.with(Op.PUBLISH_INVOKE).findFirst().orElseThrow().time();
        long answered =
                history.with(Op.PUBLISH_RETURN).findFirst().orElseThrow().time();
        return answered - called >= DELAY.multipliedBy(2).toNanos();
    }
}
