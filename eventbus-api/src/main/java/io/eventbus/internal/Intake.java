package io.eventbus.internal;

import io.eventbus.spi.Destination;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether the broker takes what it is sent, for the health: not, from a publish that it had no room for or gave no answer to,
 * until it accepts one for the same destination. A while after the last attempt nobody knows any more, and a bus that publishes nothing is
 * not in trouble. Thread-safe.
 */
final class Intake {
    private static final Duration MEMORY = Duration.ofSeconds(10);

    private final Runnable onChange;
    private final LongSupplier clock;
    private final Map<Destination, Refusal> last = new ConcurrentHashMap<>();

    /** By the JVM's own clock; tells whoever wants to know when a destination is refused, and when it is accepted again. */
    Intake(Runnable onChange) {
        this(onChange, System::nanoTime);
    }

    /** By a clock that counts nanoseconds. */
    Intake(Runnable onChange, LongSupplier clock) {
        this.onChange = onChange;
        this.clock = clock;
    }

    /** The broker has accepted a message, which says nothing of other destinations. */
    void took(Destination destination) {
        if (last.remove(destination) != null) {
            onChange.run();
        }
    }

    /** The broker has not taken a message, for no reason of that message; other destinations may have room. */
    void turnedAway(Destination destination, @Nullable String why) {
        String text = text(destination) + " is not accepted: " + why;
        last.compute(destination, (same, before) -> {
            Instant since = before == null || isPast(before) ? Instant.now() : before.since();
            return new Refusal(text, since, clock.getAsLong());
        });
        onChange.run();
    }

    /** What is not accepted and why, or null if that is not so. */
    @Nullable String trouble() {
        return oldest().map(Refusal::why).orElse(null);
    }

    /** Since when something is not accepted, or the beginning of time if that is not so. */
    Instant since() {
        return oldest().map(Refusal::since).orElse(Instant.MIN);
    }

    private Optional<Refusal> oldest() {
        last.values().removeIf(this::isPast);
        return last.values().stream().min(Comparator.comparing(Refusal::since));
    }

    private static String text(Destination destination) {
        if (destination instanceof Destination.DeadLetters letters) {
            return "a dead letter of " + letters.group();
        }
        return destination instanceof Destination.Inbox inbox ? "a replay to " + inbox.group() : "what is published";
    }

    private boolean isPast(Refusal refusal) {
        return clock.getAsLong() - refusal.at() > MEMORY.toNanos();
    }

    private record Refusal(String why, Instant since, long at) {}
}
