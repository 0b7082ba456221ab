package io.eventbus;

import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are meant: those that fit everything that is given. Immutable.
 *
 * @param ids the ids of their events; empty for any
 * @param type a pattern over {@code aggregateType.type}, as in {@link Binding#topic(String)}, or null for any
 * @param key the key, or null for any, those without a key included
 * @param reason why they are there, or null for any
 * @param failedFrom the earliest last failure, or null for any
 * @param failedBefore the last failure is before this, or null for any
 */
public record DeadLetterFilter(
        Set<String> ids,
        @Nullable String type,
        @Nullable String key,
        @Nullable DeadLetterReason reason,
        @Nullable Instant failedFrom,
        @Nullable Instant failedBefore) {

    private static final DeadLetterFilter ALL = new DeadLetterFilter(Set.of(), null, null, null, null, null);

    /** Copies the ids. */
    public DeadLetterFilter {
        ids = Set.copyOf(ids);
    }

    /**
     * Every dead letter.
     *
     * @return the filter to begin with
     */
    public static DeadLetterFilter all() {
        return ALL;
    }

    /**
     * Only letters of these events.
     *
     * @param eventIds the ids of the events, at least one
     * @return a copy
     * @throws IllegalArgumentException if there is none, for that would mean all
     */
    public DeadLetterFilter withIds(Collection<String> eventIds) {
        if (eventIds.isEmpty()) {
            throw new IllegalArgumentException("no event id is given; without withIds(...) all are meant");
        }
        return new DeadLetterFilter(Set.copyOf(eventIds), type, key, reason, failedFrom, failedBefore);
    }

    /**
     * Only letters of some types.
     *
     * @param pattern such as {@code Order.OrderPlaced} or {@code Order.*}: {@code *} is exactly one word, {@code #} any number,
     *     words are what dots separate
     * @return a copy
     */
    public DeadLetterFilter withType(String pattern) {
        Objects.requireNonNull(pattern, "pattern");
        return new DeadLetterFilter(ids, pattern, key, reason, failedFrom, failedBefore);
    }

    /**
     * Only letters of one key.
     *
     * @param eventKey the key
     * @return a copy
     */
    public DeadLetterFilter withKey(String eventKey) {
        Objects.requireNonNull(eventKey, "eventKey");
        return new DeadLetterFilter(ids, type, eventKey, reason, failedFrom, failedBefore);
    }

    /**
     * Only letters that are there for one reason.
     *
     * @param why the reason
     * @return a copy
     */
    public DeadLetterFilter withReason(DeadLetterReason why) {
        Objects.requireNonNull(why, "why");
        return new DeadLetterFilter(ids, type, key, why, failedFrom, failedBefore);
    }

    /**
     * Only letters that failed last at this time or later.
     *
     * @param from the first instant that is meant
     * @return a copy
     */
    public DeadLetterFilter withFailedFrom(Instant from) {
        Objects.requireNonNull(from, "from");
        return new DeadLetterFilter(ids, type, key, reason, from, failedBefore);
    }

    /**
     * Only letters that failed last before this time.
     *
     * @param before the first instant that is not meant any more
     * @return a copy
     */
    public DeadLetterFilter withFailedBefore(Instant before) {
        Objects.requireNonNull(before, "before");
        return new DeadLetterFilter(ids, type, key, reason, failedFrom, before);
    }

    /**
     * Whether everything is meant.
     *
     * @return true if nothing was narrowed
     */
    public boolean isAll() {
        return equals(ALL);
    }
}
