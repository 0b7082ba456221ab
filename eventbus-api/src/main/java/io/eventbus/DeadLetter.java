package io.eventbus;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event that a group could not handle, and why.
 *
 * @param event the event as it was delivered: id, headers and payload unchanged
 * @param topic the topic
 * @param group the group that could not handle it
 * @param reason why
 * @param handlers the names of the handlers that failed, joined by commas; empty if none was called
 * @param exceptionType the class name of the last failure, or null if no exception led here
 * @param exceptionMessage its message, shortened, or null
 * @param attempts how often the event was handled
 * @param firstFailure when it failed first
 * @param lastFailure when it failed last
 */
public record DeadLetter(
        Event<RawEvent> event,
        String topic,
        String group,
        DeadLetterReason reason,
        String handlers,
        @Nullable String exceptionType,
        @Nullable String exceptionMessage,
        int attempts,
        Instant firstFailure,
        Instant lastFailure) {}
