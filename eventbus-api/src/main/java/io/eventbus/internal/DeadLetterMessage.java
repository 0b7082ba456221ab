package io.eventbus.internal;

import io.eventbus.DeadLetter;
import io.eventbus.DeadLetterReason;
import io.eventbus.Event;
import io.eventbus.EventMetadata;
import io.eventbus.spi.Group;
import io.eventbus.spi.Message;
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
 * @param verdict why
 * @param attempts how often a handler was called
 * @param firstFailure when it failed first
 * @param lastFailure when it failed last
 */
record DeadLetterMessage(Group group, Verdict.Bury verdict, int attempts, Instant firstFailure, Instant lastFailure) {
    private static final int MAX_TEXT = 1000;

    /** The message to store: the event unchanged, with the diagnosis. One without an id gets one, to be found by. */
    Message of(Message event) {
        Map<String, String> diagnosis = new HashMap<>();
        diagnosis.put(HeaderNames.REASON, verdict.reason().name());
        diagnosis.put(HeaderNames.HANDLERS, shorten(String.join(",", verdict.handlers())));
        diagnosis.put(HeaderNames.ATTEMPTS, Integer.toString(attempts));
        diagnosis.put(HeaderNames.FIRST_FAILURE, firstFailure.toString());
        diagnosis.put(HeaderNames.LAST_FAILURE, lastFailure.toString());
        diagnosis.put(HeaderNames.TOPIC, group.topic());
        diagnosis.put(HeaderNames.GROUP, group.name());
        Throwable cause = verdict.cause();
        if (cause != null) {
            diagnosis.put(HeaderNames.EXCEPTION_TYPE, cause.getClass().getName());
            diagnosis.put(HeaderNames.EXCEPTION_MESSAGE, shorten(String.valueOf(cause.getMessage())));
        }
        Message letter = event.plus(diagnosis);
        return event.id().isEmpty() ? letter.withId(UUID.randomUUID().toString()) : letter;
    }

    /** The event without the diagnosis, as it was published. */
    static Message withoutDiagnosis(Message letter) {
        Map<String, String> attributes = new HashMap<>(letter.attributes());
        attributes.keySet().removeIf(name -> name.startsWith(HeaderNames.DEAD_LETTER));
        return letter.withAttributes(attributes);
    }

    /** What a stored message says; fields that cannot be read get a value that says so, for it must stay visible. */
    static DeadLetter read(Message letter, Envelopes envelopes, Group group) {
        Map<String, String> diagnosis = letter.attributes();
        Instant last = instant(diagnosis.get(HeaderNames.LAST_FAILURE));
        return new DeadLetter(
                new Event<>(Envelopes.raw(letter), metadata(letter, envelopes)),
                diagnosis.getOrDefault(HeaderNames.TOPIC, group.topic()),
                diagnosis.getOrDefault(HeaderNames.GROUP, group.name()),
                reason(diagnosis.get(HeaderNames.REASON)),
                diagnosis.getOrDefault(HeaderNames.HANDLERS, ""),
                diagnosis.get(HeaderNames.EXCEPTION_TYPE),
                diagnosis.get(HeaderNames.EXCEPTION_MESSAGE),
                number(diagnosis.get(HeaderNames.ATTEMPTS)),
                instant(diagnosis.get(HeaderNames.FIRST_FAILURE)),
                last);
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
