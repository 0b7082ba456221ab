package io.eventbus;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event that a group could not handle, and why. What is not known, since another than the bus put it here, is empty, zero or
 * the epoch.
 *
 * @param event the event as it was delivered: id, headers and payload unchanged
 * @param topic the topic
 * @param group the group that could not handle it
 * @param member the member of the group that gave up
 * @param reason why
 * @param handlers the names of the handlers that failed, joined by commas; empty if none was called
 * @param exceptionType the class name of the last failure, a handler's or the codec's, or null if there was none
 * @param exceptionMessage its message, or why the bus itself refused the event, shortened to 1,000 characters, or null
 * @param stack the first frames of its stack trace and of those of its causes, without messages, at most 2,000 characters; empty if
 *     there was no failure
 * @param attempts how often the event was handled since it was published or replayed
 * @param replays how often it was replayed before
 * @param firstFailure when it failed first since it was published or replayed
 * @param lastFailure when it failed last
 */
public record DeadLetter(
        Event<RawEvent> event,
        String topic,
        String group,
        String member,
        DeadLetterReason reason,
        String handlers,
        @Nullable String exceptionType,
        @Nullable String exceptionMessage,
        String stack,
        int attempts,
        int replays,
        Instant firstFailure,
        Instant lastFailure) {}
