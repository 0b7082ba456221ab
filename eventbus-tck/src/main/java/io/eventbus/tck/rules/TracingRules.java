package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.eventbus.Event;
import io.eventbus.EventBus;
import io.eventbus.EventContext;
import io.eventbus.RetryPolicy;
import io.eventbus.tck.Aside;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Collected;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** OBS: traces reach through the bus. */
@Conformance
public class TracingRules {

    private static final Map<String, String> TRACE = Map.of(
            "traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "tracestate", "vendor=t61rcWkgMzE,other@vendor=00f067aa0ba902b7",
            "baggage", "userId=alice,serverNode=DF%2028;prop=1,isProduction=false");

    private static final RetryPolicy TWO_ATTEMPTS =
            RetryPolicy.defaults().withMaxAttempts(2).withBackoff(Duration.ofMillis(2), Duration.ofMillis(5));

    /** Run by JUnit. */
    public TracingRules() {}

    @Test
    @Rule("OBS-3")
    @DisplayName("trace context arrives unchanged, also at a second attempt and after a replay")
    final void traceContextIsUnchanged(Kit kit) {
        Collected<Map<String, String>> seen = new Collected<>();
        BusUnderTest bus = kit.member(
                kit.name("topic"),
                kit.name("group"),
                event -> {
                    seen.add(event.headers());
                    failUntil(seen, 3);
                },
                builder -> builder.retry(TWO_ATTEMPTS));
        bus.bus().publish(Event.of(Sample.placed("key", 1)).withHeaders(TRACE));
        kit.deadLetters(bus, 1);
        bus.bus().deadLetters().replayAll();
        assertEquals(List.of(TRACE, TRACE, TRACE), kit.await().count("three handlings", seen, 3));
    }

    @Test
    @Rule("OBS-3")
    @DisplayName(
            "along a chain of handlers, each event has the id of the one before as cause, and all have one correlation id")
    final void chainOfHandlers(Kit kit) {
        List<Event<Sample.Placed>> chain = chain(kit, Event.of(Sample.placed("key", 1)));
        String first = chain.get(0).id();
        assertNull(chain.get(0).causationId());
        assertEquals(
                List.of(first, chain.get(1).id(), chain.get(2).id()),
                chain.stream().skip(1).map(Event::causationId).toList());
        assertEquals(
                List.of(first, first, first),
                chain.stream().skip(1).map(Event::correlationId).toList());
    }

    @Test
    @Rule("OBS-3")
    @DisplayName("along a chain of handlers, the correlation id that the first event was given stays")
    final void givenCorrelation(Kit kit) {
        List<Event<Sample.Placed>> chain =
                chain(kit, Event.of(Sample.placed("key", 1)).withCorrelationId("the order of Alice"));
        assertEquals(
                List.of("the order of Alice"),
                chain.stream().map(Event::correlationId).distinct().toList());
    }

    @Test
    @Rule("OBS-3")
    @DisplayName("what is set explicitly inside a handler is not replaced")
    final void explicitOrigin(Kit kit) {
        Event<Sample.Placed> caused = causedIn(
                kit,
                (bus, event) -> bus.publish(Event.of(Sample.placed("key", 2))
                        .withCorrelationId("own correlation")
                        .withCausationId("own cause")));
        assertEquals("own correlation", caused.correlationId());
        assertEquals("own cause", caused.causationId());
    }

    @Test
    @Rule("OBS-3")
    @DisplayName("a list published inside a handler has its origin too")
    final void listInHandler(Kit kit) {
        Collected<String> first = new Collected<>();
        Event<Sample.Placed> caused = causedIn(kit, (bus, event) -> {
            first.add(event.id());
            bus.publish(List.of(Sample.placed("key", 2)));
        });
        assertEquals(first.snapshot(), List.of(String.valueOf(caused.causationId())));
    }

    @Test
    @Rule("OBS-3")
    @DisplayName("the origin follows a handler to another thread")
    final void threadHop(Kit kit) {
        String topic = kit.name("topic");
        Executor elsewhere = EventContext.propagating(Aside::run);
        Collected<Event<Sample.Placed>> seen = new Collected<>();
        BusUnderTest bus = kit.member(topic, kit.name("group"));
        bus.bus().subscribeAsync(Sample.Placed.class, event -> {
            seen.add(event);
            return event.payload().number() > 1
                    ? CompletableFuture.completedFuture(null)
                    : CompletableFuture.runAsync(() -> bus.bus().publish(Sample.placed("other", 2)), elsewhere);
        });
        bus.start();
        bus.bus().publish(Sample.placed("key", 1));
        List<Event<Sample.Placed>> both = kit.await().count("both events", seen, 2);
        assertEquals(both.get(0).id(), both.get(1).causationId());
    }

    @Test
    @Rule("OBS-3")
    @DisplayName("what is published when a publish inside a handler has completed has the origin of the handler")
    final void afterPublish(Kit kit) {
        Collected<Event<Sample.Placed>> caused = new Collected<>();
        BusUnderTest bus = kit.member(kit.name("topic"), kit.name("group"));
        bus.bus().subscribeAsync(Sample.Placed.class, event -> {
            if (event.payload().number() == 1) {
                return publishOneAfterTheOther(bus);
            }
            caused.add(event);
            return CompletableFuture.completedFuture(null);
        });
        bus.start();
        Event<Sample.Placed> first = Event.of(Sample.placed("key", 1));
        bus.bus().publish(first);
        List<Event<Sample.Placed>> all = kit.await().count("what the handler has published", caused, 2);
        assertEquals(
                List.of(first.id()),
                all.stream().map(Event::causationId).distinct().toList());
        assertEquals(
                List.of(first.id()),
                all.stream().map(Event::correlationId).distinct().toList());
    }

    @Test
    @Rule("OBS-3")
    @DisplayName("what a second attempt and a replay publish has the origin of the first")
    final void originAfterRetryAndReplay(Kit kit) {
        Collected<Event<Sample.Placed>> caused = new Collected<>();
        String topic = kit.name("topic");
        String results = kit.name("results");
        kit.member(results, kit.name("group"), caused::add);
        BusUnderTest sink = kit.publisher(results);
        BusUnderTest bus = kit.member(
                topic,
                kit.name("group"),
                event -> {
                    sink.bus().publish(Sample.placed("key", event.attempt()));
                    throw new IllegalStateException("fails after it has published");
                },
                builder -> builder.retry(TWO_ATTEMPTS));
        Event<Sample.Placed> first = Event.of(Sample.placed("key", 1)).withCorrelationId("correlation");
        bus.bus().publish(first);
        kit.deadLetters(bus, 1);
        bus.bus().deadLetters().replayAll();
        List<Event<Sample.Placed>> all = kit.await().count("what four attempts have published", caused, 4);
        assertEquals(
                List.of(first.id()),
                all.stream().map(Event::causationId).distinct().toList());
        assertEquals(
                List.of("correlation"),
                all.stream().map(Event::correlationId).distinct().toList());
    }

    /** The event that an action inside the handler of another has published. */
    private static Event<Sample.Placed> causedIn(Kit kit, BiConsumer<EventBus, Event<Sample.Placed>> action) {
        String topic = kit.name("topic");
        Collected<Event<Sample.Placed>> seen = new Collected<>();
        BusUnderTest bus = kit.member(topic, kit.name("group"));
        bus.bus().subscribe(Sample.Placed.class, event -> {
            if (event.payload().number() == 1) {
                action.accept(bus.bus(), event);
            } else {
                seen.add(event);
            }
        });
        bus.start();
        bus.bus().publish(Sample.placed("key", 1));
        return kit.await().count("the caused event", seen, 1).get(0);
    }

    /** Publishes an event, and another one inside the handler of each, until there are four; each with a thread to itself. */
    private static List<Event<Sample.Placed>> chain(Kit kit, Event<Sample.Placed> first) {
        Collected<Event<Sample.Placed>> seen = new Collected<>();
        BusUnderTest bus = kit.member(kit.name("topic"), kit.name("group"));
        bus.bus().subscribe(Sample.Placed.class, event -> {
            seen.add(event);
            int number = event.payload().number();
            if (number < 4) {
                bus.bus().publish(Sample.placed("key " + number, number + 1));
            }
        });
        bus.start();
        bus.bus().publish(first);
        return kit.await().count("four events", seen, 4);
    }

    /** The first is answered only when it is said what comes after it, which otherwise went on in the handler itself. */
    private static CompletionStage<Void> publishOneAfterTheOther(BusUnderTest bus) {
        bus.faults().holdAnswers();
        CompletionStage<Void> both = bus.bus()
                .publishAsync(Sample.placed("key 2", 2))
                .thenCompose(done -> bus.bus().publishAsync(Sample.placed("key 3", 3)));
        bus.faults().passAnswers();
        return both;
    }

    private static void failUntil(Collected<?> seen, int count) {
        if (seen.size() < count) {
            throw new IllegalStateException("fails until handling " + count);
        }
    }
}
