package io.eventbus.tck.history;

import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One publish of one event. It has not returned if the history ended before. */
record Publication(HistoryRecord invoked, @Nullable HistoryRecord returned) {

    Publication returnedBy(HistoryRecord end) {
        return new Publication(invoked, end);
    }

    Outcome outcome() {
        return returned == null ? Outcome.UNKNOWN : Objects.requireNonNull(returned.outcome());
    }

    boolean accepted() {
        return outcome() == Outcome.ACCEPTED;
    }

    /** Whether one thread of one bus called this publish and then the other, or the other was called when this had completed. */
    boolean isBefore(Publication other) {
        boolean calledBefore = publisher().equals(other.publisher()) && invoked.seq() < other.invoked.seq();
        return calledBefore || completedBefore(other);
    }

    boolean completedBefore(Publication other) {
        return returned != null && returned.seq() < other.invoked.seq();
    }

    boolean isOpenAt(HistoryRecord moment) {
        return invoked.seq() < moment.seq() && (returned == null || returned.seq() > moment.seq());
    }

    /** What orders pipelined publishes: the calling thread of the calling bus. */
    Publisher publisher() {
        return new Publisher(invoked.instance(), invoked.thread());
    }

    Stream<HistoryRecord> records() {
        return Stream.of(invoked, returned).filter(Objects::nonNull);
    }

    record Publisher(String instance, String thread) {}
}
