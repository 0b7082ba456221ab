package io.eventbus.internal;

import io.eventbus.spi.Destination;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether the broker takes what it is sent, for the health: not, from a publish that it had no room for or gave no answer to,
 * until it accepts one for the same destination. A while after the last attempt nobody knows any more, and a bus that publishes nothing is
 * not in trouble. Thread-safe.
 */
final class Intake {
    private static final Duration MEMORY = Duration.ofSeconds(10);

    private final LongSupplier clock;
    private volatile @Nullable Refusal last;

    /** By the JVM's own clock. */
    Intake() {
        this(System::nanoTime);
    }

    /** By a clock that counts nanoseconds. */
    Intake(LongSupplier clock) {
        this.clock = clock;
    }

    /** The broker has accepted a message, which says nothing of other destinations. */
    void took(Destination destination) {
        Refusal before = last;
        if (before != null && before.destination().equals(destination)) {
            last = null;
        }
    }

    /** The broker has not taken a message, for no reason of that message; other destinations may have room. */
    void turnedAway(Destination destination, @Nullable String why) {
        Refusal before = last;
        Instant since = before == null || isPast(before) ? Instant.now() : before.since();
        last = new Refusal(destination, text(destination) + " is not accepted: " + why, since, clock.getAsLong());
    }

    private static String text(Destination destination) {
        if (destination instanceof Destination.DeadLetters letters) {
            return "a dead letter of " + letters.group();
        }
        return destination instanceof Destination.Inbox inbox ? "a replay to " + inbox.group() : "what is published";
    }

    /** What is not accepted and why, or null if that is not so. */
    @Nullable String trouble() {
        Refusal now = last;
        return now == null || isPast(now) ? null : now.why();
    }

    /** Since when something is not accepted, or the beginning of time if that is not so. */
    Instant since() {
        Refusal now = last;
        return now == null || isPast(now) ? Instant.MIN : now.since();
    }

    private boolean isPast(Refusal refusal) {
        return clock.getAsLong() - refusal.at() > MEMORY.toNanos();
    }

    private record Refusal(Destination destination, String why, Instant since, long at) {}
}
