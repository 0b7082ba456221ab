package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.eventbus.Event;
import io.eventbus.PublishException;
import io.eventbus.RawEvent;
import io.eventbus.spi.Group;
import io.eventbus.spi.TransportException;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Collected;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Scenario;
import io.eventbus.tck.Witness;
import io.eventbus.tck.history.Outcome;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** PUB-1, PUB-4, PUB-5 and PUB-6: what a publish that completed well is worth, and what is refused. */
@Conformance
public class PublishingRules {

    private static final int MANY = 1000;
    private static final int KEYS = 32;

    /** Run by JUnit. */
    public PublishingRules() {}

    @Test
    @Rule("PUB-1")
    @DisplayName(
            "accepted events reach every group that was ready, although their publisher vanishes with the last completion")
    final void publisherVanishes(Kit kit) {
        Scenario scenario = new Scenario(kit);
        List<Group> groups = List.of(scenario.group(), scenario.group(), scenario.group());
        groups.forEach(group -> scenario.member(group, event -> {}));
        BusUnderTest publisher = scenario.publisher();
        Collected<Outcome> outcomes = new Collected<>();
        List<CompletionStage<Void>> ends = IntStream.range(0, MANY)
                .mapToObj(i -> scenario.publishAsync(publisher, anyKey(scenario, i))
                        .thenAccept(outcome -> {
                            outcomes.add(outcome);
                            if (outcomes.size() == MANY) {
                                scenario.crash(publisher);
                            }
                        }))
                .toList();
        ends.forEach(end -> kit.await().result("the end of a publish", end));
        assertEquals(Collections.nCopies(MANY, Outcome.ACCEPTED), outcomes.snapshot(), "outcomes");
        groups.forEach(group -> scenario.awaitHandled(group, MANY));
        scenario.fence(scenario.publisher());
        scenario.check();
    }

    private static Event<Sample.Placed> anyKey(Scenario scenario, int number) {
        return Event.of(Sample.placed("k" + scenario.random().nextInt(KEYS), number));
    }

    @Test
    @Rule("PUB-4")
    @DisplayName(
            "overwriting a payload and its headers as soon as publish has returned changes nothing of what arrives")
    final void overwritten(Kit kit) {
        String topic = kit.name("topic");
        RawWitness witness = RawWitness.on(kit, topic);
        BusUnderTest publisher = kit.publisher(topic);
        for (int i = 0; i < MANY; i++) {
            byte[] body = content(i);
            Map<String, String> headers = new HashMap<>(Map.of("number", "" + i));
            publisher.bus().publishAsync(Event.of(RawWitness.blob(body)).withHeaders(headers));
            Arrays.fill(body, (byte) -1);
            headers.replace("number", "overwritten");
        }
        List<Event<RawEvent>> seen = kit.await().count("the events", witness.seen(), MANY);
        for (int i = 0; i < MANY; i++) {
            assertEquals(
                    RawWitness.digest(content(i)),
                    RawWitness.digest(seen.get(i).payload().body()),
                    "body of event " + i);
            assertEquals(Map.of("number", "" + i), seen.get(i).headers(), "headers of event " + i);
        }
    }

    private static byte[] content(int number) {
        byte[] content = new byte[64];
        Arrays.fill(content, (byte) (number % 100));
        return content;
    }

    /** What an application should not publish, and will. */
    @SuppressWarnings("EffectivelyPrivate") // the codec needs the field to be public
    private static final class Mutable {
        public int number;
    }

    @Test
    @Rule("PUB-4")
    @DisplayName("changing a payload object as soon as publish has returned changes nothing of what arrives")
    final void changedObject(Kit kit) {
        Collected<Integer> seen = new Collected<>();
        BusUnderTest bus = kit.bus(
                kit.name("topic"),
                builder -> builder.group(kit.name("group"))
                        .events(io.eventbus.EventDefinition.of(Mutable.class, "Thing", "Mutable")
                                .keyedBy(payload -> "k")));
        bus.bus().subscribe(Mutable.class, event -> seen.add(event.payload().number));
        bus.start();
        Mutable payload = new Mutable();
        for (int i = 0; i < MANY; i++) {
            payload.number = i;
            bus.bus().publishAsync(payload);
            payload.number = -1;
        }
        assertEquals(IntStream.range(0, MANY).boxed().toList(), kit.await().count("the events", seen, MANY), "numbers");
    }

    @Test
    @Rule("PUB-5")
    @DisplayName(
            "publishing to a topic that nobody listens to succeeds, and a group made afterwards sees only later events")
    final void nobodyListens(Kit kit) {
        String topic = kit.name("topic");
        BusUnderTest publisher = kit.publisher(topic);
        publisher.bus().publish(Sample.placed("k", 1));
        kit.await().result("the publish", publisher.bus().publishAsync(Sample.placed("k", 2)));
        Witness witness = new Witness();
        kit.member(topic, kit.name("group"), witness);
        publisher.bus().publish(List.of(Sample.placed("k", 3), Sample.placed("k", 4)));
        kit.fence(publisher, "k", witness);
        assertEquals(List.of(3, 4), witness.numbers());
        assertEquals(5, publisher.bus().stats().published(), "published");
    }

    @Test
    @Rule("PUB-6")
    @DisplayName("an event of exactly the largest size arrives, a larger one is refused, and the bus stays usable")
    final void largest(Kit kit) {
        String topic = kit.name("topic");
        RawWitness witness = RawWitness.on(kit, topic);
        BusUnderTest publisher = kit.publisher(topic);
        int limit = publisher.limits().maxPayload();
        publisher.bus().publish(sized(limit));
        assertRefused(kit, publisher, limit + 1);
        publisher.bus().publish(sized(1));
        assertRefused(kit, publisher, 2 * limit);
        publisher.bus().publish(sized(2));
        assertEquals(
                List.of(limit, 1, 2),
                kit.await().count("the accepted events", witness.seen(), 3).stream()
                        .map(event -> event.payload().body().length)
                        .toList(),
                "sizes");
    }

    private static void assertRefused(Kit kit, BusUnderTest publisher, int size) {
        PublishException refusal =
                assertThrows(PublishException.class, () -> publisher.bus().publish(sized(size)));
        CompletableFuture<Void> async =
                publisher.bus().publishAsync(sized(size)).toCompletableFuture();
        Throwable failure = kit.await().failure("the refusal", async);
        Stream.of(refusal, (PublishException) failure)
                .forEach(each -> assertEquals(TransportException.Outcome.NOT_ACCEPTED, each.outcome(), "outcome"));
    }

    private static RawEvent sized(int size) {
        return RawWitness.blob(new byte[size]);
    }
}
