package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventbus.Binding;
import io.eventbus.DeadLetter;
import io.eventbus.DeadLetterReason;
import io.eventbus.Event;
import io.eventbus.EventKey;
import io.eventbus.EventMetadata;
import io.eventbus.EventType;
import io.eventbus.RawEvent;
import io.eventbus.SubscriptionOptions;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Collected;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** DLQ: what a dead letter says. */
@Conformance
public class DeadLetterContentRules {

    private static final String KEY = "key";

    /** Run by JUnit. */
    public DeadLetterContentRules() {}

    @Test
    @Rule("DLQ-2")
    @DisplayName("a dead letter holds the event unchanged, and what led there")
    final void contentOfDeadLetters(Kit kit) {
        String topic = kit.name("topic");
        String group = kit.name("group");
        String message = "it is broken: " + "x".repeat(20_000);
        int attempts = 3;
        BusUnderTest member = kit.bus(
                topic,
                builder -> builder.group(group).events(Versioned.class).retry(Kit.RETRY.withMaxAttempts(attempts)));
        Collected<Event<RawEvent>> seen = new Collected<>();
        member.bus()
                .subscribe(
                        Binding.raw(Binding.fanout()),
                        event -> {
                            seen.add(event);
                            throw new IllegalStateException(message);
                        },
                        SubscriptionOptions.defaults().named("the failing handler"));
        member.start();
        Instant start = Instant.now();
        List<Event<?>> published = List.of(
                withEverySetting(new Versioned(KEY, "text"), kit.name("id")),
                withEverySetting(new RawEvent("Order", "Odd", KEY, "application/x-odd", everyByte()), kit.name("id")));
        member.bus().publish(published);
        List<DeadLetter> letters = kit.deadLetters(member, published.size());
        assertEquals(
                published.stream().map(Event::id).toList(),
                letters.stream().map(letter -> letter.event().id()).toList());
        for (int i = 0; i < published.size(); i++) {
            assertUnchanged(published.get(i), seen.snapshot().get(i * attempts), letters.get(i));
            assertDiagnosed(topic, group, letters.get(i), attempts, start);
            assertTrue(
                    String.valueOf(letters.get(i).exceptionMessage()).startsWith("it is broken: "),
                    "the message of the exception");
        }
    }

    /** An event whose schema version is not the first. */
    @EventType(aggregate = "Order", name = "Versioned", version = 7)
    private record Versioned(@EventKey String order, String text) {}

    private static byte[] everyByte() {
        byte[] bytes = new byte[256];
        IntStream.range(0, bytes.length).forEach(i -> bytes[i] = (byte) i);
        return bytes;
    }

    /** With headers that a diagnosis might be called. */
    private static Event<?> withEverySetting(Object payload, String id) {
        return Event.of(payload)
                .withId(id)
                .withKey(KEY)
                .withRoutingKey("odd.route")
                .withCorrelationId("the correlation")
                .withCausationId("the cause")
                .withAggregateVersion(42)
                .withOccurredAt(Instant.parse("2001-02-03T04:05:06.789Z"))
                .withHeaders(Map.of(
                        "reason", "a",
                        "group", "b",
                        "attempts", "c",
                        "exception", "d",
                        "x-death", "e",
                        "x-exception-message", "f",
                        "eb-dl-reason", "g",
                        "Mixed Case", "ünïcode"));
    }

    private static void assertUnchanged(Event<?> published, Event<RawEvent> seen, DeadLetter letter) {
        Event<RawEvent> kept = letter.event();
        assertEquals(delivered(seen.metadata()), delivered(kept.metadata()), "what is known about the event");
        assertEquals(published.headers(), kept.headers(), "headers");
        assertEquals(published.id(), kept.id(), "id");
        assertEquals(published.occurredAt(), kept.occurredAt(), "time");
        assertEquals(KEY, kept.payload().key(), "key");
        assertEquals(seen.payload().aggregateType(), kept.payload().aggregateType(), "aggregate type");
        assertEquals(seen.payload().type(), kept.payload().type(), "type");
        assertEquals(seen.payload().contentType(), kept.payload().contentType(), "content type");
        assertArrayEquals(seen.payload().body(), kept.payload().body(), "payload");
        if (published.payload() instanceof RawEvent raw) {
            assertArrayEquals(raw.body(), kept.payload().body(), "payload as it was published");
        } else {
            assertEquals(7, kept.metadata().schemaVersion(), "schema version");
        }
    }

    private static EventMetadata delivered(EventMetadata metadata) {
        return new EventMetadata(
                metadata.id(),
                metadata.aggregateType(),
                metadata.type(),
                metadata.key(),
                metadata.routingKey(),
                metadata.schemaVersion(),
                metadata.aggregateVersion(),
                metadata.occurredAt(),
                metadata.notBefore(),
                metadata.correlationId(),
                metadata.causationId(),
                metadata.headers(),
                0);
    }

    private static void assertDiagnosed(String topic, String group, DeadLetter letter, int attempts, Instant start) {
        assertEquals(topic, letter.topic());
        assertEquals(group, letter.group());
        assertEquals(DeadLetterReason.ATTEMPTS_EXHAUSTED, letter.reason());
        assertEquals("the failing handler", letter.handlers());
        assertEquals(IllegalStateException.class.getName(), letter.exceptionType());
        assertEquals(attempts, letter.attempts());
        Duration betweenFailures = Duration.between(letter.firstFailure(), letter.lastFailure());
        assertTrue(!letter.firstFailure().isBefore(start), "first failure at " + letter.firstFailure());
        assertTrue(!letter.lastFailure().isAfter(Instant.now()), "last failure at " + letter.lastFailure());
        assertTrue(betweenFailures.compareTo(Duration.ofMillis(10)) >= 0, "between failures: " + betweenFailures);
    }
}
