package io.eventbus.tck.history;

import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One call of a handler for one event. It has no end if it never ended in the history. */
record Handling(HistoryRecord start, @Nullable HistoryRecord end) {

    Handling endedBy(HistoryRecord newEnd) {
        return new Handling(start, newEnd);
    }

    boolean endsWith(HistoryRecord candidate) {
        return end == null && start.instance().equals(candidate.instance()) && start.attempt() == candidate.attempt();
    }

    boolean succeeded() {
        return end != null && end.outcome() == Outcome.SUCCESS;
    }

    boolean failedBefore(HistoryRecord moment) {
        return end != null && end.outcome() == Outcome.FAILURE && end.seq() < moment.seq();
    }

    boolean runsAt(HistoryRecord moment) {
        return start.seq() < moment.seq() && (end == null || end.seq() > moment.seq());
    }

    Stream<HistoryRecord> records() {
        return Stream.of(start, end).filter(Objects::nonNull);
    }
}
