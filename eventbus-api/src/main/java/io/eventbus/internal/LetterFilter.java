package io.eventbus.internal;

import io.eventbus.DeadLetter;
import io.eventbus.DeadLetterFilter;
import io.eventbus.spi.Message;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Whether a dead letter is meant. Immutable. */
final class LetterFilter implements Predicate<DeadLetter> {
    private final DeadLetterFilter filter;
    private final @Nullable TopicPattern type;

    LetterFilter(DeadLetterFilter filter) {
        this.filter = filter;
        this.type = filter.type() == null ? null : new TopicPattern(filter.type());
    }

    @Override
    public boolean test(DeadLetter letter) {
        String typeKey =
                Message.typeKey(letter.event().aggregateType(), letter.event().type());
        return (filter.ids().isEmpty() || filter.ids().contains(letter.event().id()))
                && (type == null || type.matches(typeKey))
                && (filter.key() == null
                        || Objects.equals(filter.key(), letter.event().key()))
                && (filter.reason() == null || filter.reason() == letter.reason())
                && isInTime(letter.lastFailure());
    }

    private boolean isInTime(Instant lastFailure) {
        Instant from = filter.failedFrom();
        Instant before = filter.failedBefore();
        return (from == null || !lastFailure.isBefore(from)) && (before == null || lastFailure.isBefore(before));
    }
}
