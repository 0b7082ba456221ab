package io.eventbus.internal;

import io.eventbus.DeadLetter;
import io.eventbus.DeadLetterReason;
import io.eventbus.Event;
import io.eventbus.EventMetadata;
import io.eventbus.spi.Group;
import io.eventbus.spi.Message;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The diagnosis that goes with an event into the dead letters, as attributes beside its own.
 *
 * @param group the group that could not handle it
 * @param member the member that gave up
 * @param verdict why
 * @param attempts how often a handler was called
 * @param firstFailure when it failed first
 * @param lastFailure when it failed last
 */
record DeadLetterMessage(
        Group group, String member, Verdict.Bury verdict, int attempts, Instant firstFailure, Instant lastFailure) {
    private static final int MAX_TEXT = 1000;

    /** The message to store: the event unchanged, with the diagnosis. One without an id gets one, to be found by. */
    Message of(Message event) {
        Map<String, String> diagnosis = new HashMap<>(essentials());
        diagnosis.put(HeaderNames.HANDLERS, shorten(String.join(",", verdict.handlers())));
        diagnosis.put(HeaderNames.TOPIC, group.topic());
        diagnosis.put(HeaderNames.GROUP, group.name());
        diagnosis.put(HeaderNames.MEMBER, member);
        Throwable cause = verdict.cause();
        if (cause != null) {
            describe(cause, diagnosis);
        }
        Message letter = event.plus(diagnosis);
        return event.id().isEmpty() ? letter.withId(UUID.randomUUID().toString()) : letter;
    }

    /** The same letter with no more of the diagnosis than cannot be told from where it lies. */
    Message brief(Message letter) {
        return withoutDiagnosis(letter).plus(essentials());
    }

    private Map<String, String> essentials() {
        return Map.of(
                HeaderNames.REASON, verdict.reason().name(),
                HeaderNames.ATTEMPTS, Integer.toString(attempts),
                HeaderNames.FIRST_FAILURE, firstFailure.toString(),
                HeaderNames.LAST_FAILURE, lastFailure.toString());
    }

    /**
     * What a handler or the codec threw; or why the bus refused the event, without a class and a stack that mean nothing outside it.
     * An exception of the application's may fail to describe itself; its event must not be tried for ever for that.
     */
    private static void describe(Throwable cause, Map<String, String> diagnosis) {
        Throwable byCodec = cause instanceof UnreadableMessageException ? cause.getCause() : null;
        Throwable failure = byCodec == null ? cause : byCodec;
        if (failure instanceof UnreadableMessageException || failure instanceof UnknownTypeException) {
            diagnosis.put(HeaderNames.EXCEPTION_MESSAGE, shorten(String.valueOf(failure.getMessage())));
            return;
        }
        diagnosis.put(HeaderNames.EXCEPTION_TYPE, shorten(failure.getClass().getName()));
        try {
            diagnosis.put(HeaderNames.EXCEPTION_MESSAGE, shorten(String.valueOf(failure.getMessage())));
            diagnosis.put(HeaderNames.STACK, StackExcerpt.of(failure));
        } catch (RuntimeException | StackOverflowError e) {
            diagnosis.put(HeaderNames.EXCEPTION_MESSAGE, "(asking for its message or stack failed)");
        }
    }

    /** The event without the diagnosis, as it was published. */
    static Message withoutDiagnosis(Message letter) {
        Map<String, String> attributes = new HashMap<>(letter.attributes());
        attributes.keySet().removeIf(name -> name.startsWith(HeaderNames.DEAD_LETTER));
        return letter.withAttributes(attributes);
    }

    /** What a stored message says; fields that cannot be read get a value that says so, for it must stay visible. */
    static DeadLetter read(Message stored, Envelopes envelopes, Group group) {
        Message letter = identified(stored);
        Map<String, String> diagnosis = letter.attributes();
        return new DeadLetter(
                new Event<>(Envelopes.raw(letter), metadata(letter, envelopes)),
                diagnosis.getOrDefault(HeaderNames.TOPIC, group.topic()),
                diagnosis.getOrDefault(HeaderNames.GROUP, group.name()),
                diagnosis.getOrDefault(HeaderNames.MEMBER, ""),
                reason(diagnosis.get(HeaderNames.REASON)),
                diagnosis.getOrDefault(HeaderNames.HANDLERS, ""),
                diagnosis.get(HeaderNames.EXCEPTION_TYPE),
                diagnosis.get(HeaderNames.EXCEPTION_MESSAGE),
                diagnosis.getOrDefault(HeaderNames.STACK, ""),
                number(diagnosis.get(HeaderNames.ATTEMPTS)),
                replays(letter),
                instant(diagnosis.get(HeaderNames.FIRST_FAILURE)),
                instant(diagnosis.get(HeaderNames.LAST_FAILURE)));
    }

    /** How often the event was replayed before. */
    static int replays(Message letter) {
        return number(letter.attributes().get(HeaderNames.REPLAYS));
    }

    /** A letter that was put here by another may have no id; one made from its content is the same in every pass. */
    static Message identified(Message letter) {
        return letter.id().isEmpty()
                ? letter.withId(
                        UUID.nameUUIDFromBytes(DeadLetterLine.format(letter).getBytes(StandardCharsets.UTF_8))
                                .toString())
                : letter;
    }

    private static EventMetadata metadata(Message letter, Envelopes envelopes) {
        try {
            return envelopes.metadata(letter, 0);
        } catch (UnreadableMessageException e) {
            return new EventMetadata(
                    letter.id(),
                    letter.aggregateType(),
                    letter.type(),
                    letter.key(),
                    letter.routingKey(),
                    1,
                    0,
                    Instant.EPOCH,
                    null,
                    null,
                    null,
                    letter.headers(),
                    0);
        }
    }

    /** A letter that the broker itself put here was delivered too often. */
    private static DeadLetterReason reason(@Nullable String text) {
        for (DeadLetterReason reason : DeadLetterReason.values()) {
            if (reason.name().equals(text)) {
                return reason;
            }
        }
        return DeadLetterReason.CRASH_LOOP;
    }

    private static int number(@Nullable String text) {
        try {
            return text == null ? 0 : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static Instant instant(@Nullable String text) {
        try {
            return text == null ? Instant.EPOCH : Instant.parse(text);
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    private static String shorten(String text) {
        if (text.length() <= MAX_TEXT) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_TEXT - 1)) ? MAX_TEXT - 1 : MAX_TEXT;
        return text.substring(0, end) + "…";
    }
}
