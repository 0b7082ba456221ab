package io.eventbus.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether the broker takes what it is sent, for the health: not, from a publish that it had no room for or gave no answer to,
 * until one that it has accepted. A while after the last attempt nobody knows any more, and a bus that publishes nothing is
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

    /** The broker has accepted a message. */
    void took() {
        if (last != null) {
            last = null;
        }
    }

    /** The broker has not taken a message, for no reason of that message. */
    void turnedAway(@Nullable String why) {
        Refusal before = last;
        Instant since = before == null || isPast(before) ? Instant.now() : before.since();
        last = new Refusal("publishing: nothing is accepted: " + why, since, clock.getAsLong());
    }

    /** Why nothing is accepted, or null if that is not so. */
    @Nullable String trouble() {
        Refusal now = last;
        return now == null || isPast(now) ? null : now.why();
    }

    /** Since when nothing is accepted, or the beginning of time if that is not so. */
    Instant since() {
        Refusal now = last;
        return now == null || isPast(now) ? Instant.MIN : now.since();
    }

    private boolean isPast(Refusal refusal) {
        return clock.getAsLong() - refusal.at() > MEMORY.toNanos();
    }

    private record Refusal(String why, Instant since, long at) {}
}
