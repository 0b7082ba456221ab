package io.eventbus.tck.history;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes {@link Check#EXPLAINED_DUPLICATES}. */
record ExplainedDuplicates(Timeline timeline, Faults faults) {

    List<Violation> violations() {
        return timeline.activeGroups().stream()
                .flatMap(group -> timeline.passagesIn(group).stream())
                .map(this::unexplained)
                .filter(Objects::nonNull)
                .toList();
    }

    /** How many events nothing would explain if they came again at once. */
    long exposed() {
        return timeline.activeGroups().stream()
                .flatMap(group -> timeline.passagesIn(group).stream())
                .filter(this::isExposed)
                .count();
    }

    private boolean isExposed(Passage passage) {
        List<Handling> successes = passage.successes();
        if (successes.isEmpty()) {
            return false;
        }
        HistoryRecord last =
                Objects.requireNonNull(successes.get(successes.size() - 1).end());
        return !faults.explainRepeat(passage, last.numbered(last.seq() + 1));
    }

    private @Nullable Violation unexplained(Passage passage) {
        List<Handling> successes = passage.successes();
        for (int i = 1; i < successes.size(); i++) {
            Handling again = successes.get(i);
            if (!isCovered(passage, again.start()) && !faults.explainRepeat(passage, again.start())) {
                return violation(passage, successes.get(i - 1), again);
            }
        }
        return null;
    }

    /** Whether there are as many reasons to handle the event up to this start as there are starts. */
    private boolean isCovered(Passage passage, HistoryRecord start) {
        long failures = passage.handlings().stream()
                .filter(handling -> handling.failedBefore(start))
                .count();
        long reasons = 1 + failures + passage.countBefore(Op.REPLAY, start) + timesTriedAgain(passage, start);
        return passage.countBefore(Op.HANDLE_START, start) + 1 <= reasons;
    }

    /** How often the event was published again after an unknown outcome. */
    private long timesTriedAgain(Passage passage, HistoryRecord start) {
        List<Publication> publications = timeline.publicationsOf(passage.id());
        return publications.stream()
                .filter(publication -> publication.invoked().seq() < start.seq())
                .filter(publication -> publications.stream()
                        .anyMatch(earlier ->
                                earlier.outcome() == Outcome.UNKNOWN && earlier.completedBefore(publication)))
                .count();
    }

    private static Violation violation(Passage passage, Handling first, Handling again) {
        String sentence = "event '" + passage.id() + "' was handled with success twice in group '"
                + passage.group().name() + "', and nothing in the history explains it";
        return new Violation(
                Check.EXPLAINED_DUPLICATES,
                sentence,
                Stream.concat(first.records(), again.records()).toList());
    }
}
