package io.eventbus.internal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Whether a session has held something for so long that it must give back what it has, before the broker takes it away. What its
 * receiver has not handed over yet it may hold, too: nothing there is older than the latest poll that asked for more than there
 * was, or than a poll since which as much was handed over as a receiver holds. Used by the thread that polls.
 */
final class HoldWatch {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** How long before the limit to give back, at most: time for a look, and for the end of the session. */
    private static final long MARGIN = TimeUnit.MINUTES.toNanos(1);

    /** A poll that began then, and how many deliveries there had been at its end. */
    private record Mark(long began, long handedOver) {}

    private final boolean limited;
    private final long limit;
    private final long allowed;
    private final long interval;
    private final int capacity;
    private final LongSupplier clock;
    private final Queue<Mark> marks = new ArrayDeque<>();
    private boolean asked;
    private long began;
    private long since;
    private long handedOver;
    private long looked;
    private long longest;

    /**
     * Of a session that begins.
     *
     * @param limit how long the broker lets a member hold a delivery; empty: as long as it lives
     * @param capacity how many deliveries a receiver holds at most
     * @param clock counts nanoseconds
     */
    HoldWatch(Optional<Duration> limit, int capacity, LongSupplier clock) {
        this.limited = limit.isPresent();
        this.limit = limit.map(Duration::toNanos).orElse(Long.MAX_VALUE);
        this.allowed = this.limit - Math.min(MARGIN, this.limit / 5);
        this.interval = Math.min(SECOND, this.limit / 10);
        this.capacity = capacity;
        this.clock = clock;
        this.looked = clock.getAsLong();
        this.since = looked;
    }

    /** How long a poll may wait, so that no look comes late. */
    Duration interval() {
        return Duration.ofNanos(interval);
    }

    /** A poll begins. Before the first that asks for something, a receiver holds nothing. */
    void polling(int room) {
        began = clock.getAsLong();
        if (!asked && room > 0) {
            asked = true;
            since = began;
        }
    }

    /** Since when the session has held, at most, what the poll that has ended brought. */
    long since() {
        return since;
    }

    /** The poll has ended, and {@link #since} was asked for what it brought. */
    void polled(int room, int brought) {
        handedOver += brought;
        if (brought < room) {
            marks.clear();
            since = began;
        } else if (limited && brought > 0) {
            marks.add(new Mark(began, handedOver));
            for (Mark next = marks.peek(); next != null && isPast(next); next = marks.peek()) {
                since = marks.remove().began();
            }
        }
    }

    private boolean isPast(Mark mark) {
        return handedOver - mark.handedOver() >= capacity;
    }

    /**
     * Whether the time has come to give back. Looks at most once an interval, and never where there is no limit.
     *
     * @param heldSince of each delivery that is not settled
     */
    boolean isOver(Supplier<Collection<Long>> heldSince) {
        if (!limited) {
            return false;
        }
        long now = clock.getAsLong();
        if (now - looked < interval) {
            return false;
        }
        looked = now;
        longest = heldSince.get().stream().mapToLong(then -> now - then).max().orElse(0);
        longest = asked ? Math.max(longest, now - since) : longest;
        return longest > allowed;
    }

    /** For how long something had been held at the last look, or may have been in the receiver. */
    Duration longest() {
        return Duration.ofNanos(longest);
    }

    /** How long the broker lets a member hold a delivery, if it limits that. */
    Duration limit() {
        return Duration.ofNanos(limit);
    }
}
