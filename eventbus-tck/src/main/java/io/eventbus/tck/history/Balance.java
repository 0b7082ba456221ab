package io.eventbus.tck.history;

import io.eventbus.spi.Group;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes {@link Check#BALANCE}. */
record Balance(Timeline timeline, Map<Group, Counters> counters) {

    List<Violation> violations() {
        return counters.entrySet().stream()
                .flatMap(entry -> new Sheet(entry.getKey(), entry.getValue(), timeline).violations().stream())
                .toList();
    }

    /** One group's figures: each pair that must be equal is a line. */
    private static final class Sheet {

        private final Group group;
        private final Counters counted;
        private final Timeline timeline;
        private final Collection<Passage> passages;
        private final Map<Op, Long> linesByOp;
        private final long successes;
        private final List<Violation> violations = new ArrayList<>();

        Sheet(Group group, Counters counted, Timeline timeline) {
            this.group = group;
            this.counted = counted;
            this.timeline = timeline;
            this.passages = timeline.passagesIn(group);
            this.linesByOp = passages.stream()
                    .flatMap(passage -> passage.records().stream())
                    .collect(Collectors.groupingBy(HistoryRecord::op, Collectors.counting()));
            this.successes = passages.stream()
                    .mapToLong(passage -> passage.successes().size())
                    .sum();
        }

        List<Violation> violations() {
            compareAmongThemselves();
            compareWithHistory();
            compareAccepted();
            return violations;
        }

        private void compareAmongThemselves() {
            equal("in-flight", counted.inFlight(), "0 at rest", 0);
            equal("attempts", counted.attempts(), "successes + failures", counted.successes() + counted.failures());
            long settled = counted.handled() + counted.deadLettered() + counted.discarded() + counted.filtered();
            equal(
                    "accepted",
                    counted.accepted(),
                    "handled + dead-lettered + discarded + filtered + backlog, less repeats",
                    settled + counted.backlog() - repeats());
        }

        private void compareWithHistory() {
            equalHistory("attempts", counted.attempts(), count(Op.HANDLE_START));
            equalHistory("successes", counted.successes(), successes);
            equalHistory("failures", counted.failures(), count(Op.HANDLE_END) - successes);
            equalHistory("handled", counted.handled(), successes);
            equalHistory("dead-lettered", counted.deadLettered(), count(Op.DEAD_LETTER));
            equalHistory("discarded", counted.discarded(), count(Op.DISCARD));
            equalHistory("filtered", counted.filtered(), count(Op.FILTER));
        }

        /** An event with an unknown outcome, or from before the group was ready, may or may not have come to the group. */
        private void compareAccepted() {
            long least = events().filter(this::isOwed).count();
            long most = events().filter(Sheet::mayHaveCome).count();
            if (counted.accepted() < least || counted.accepted() > most) {
                add("accepted is " + counted.accepted() + ", but the history has "
                        + (least == most ? Long.toString(least) : least + " to " + most));
            }
        }

        private Stream<List<Publication>> events() {
            return timeline.events().stream()
                    .filter(publications ->
                            publications.get(0).invoked().topic().equals(group.topic()));
        }

        private boolean isOwed(List<Publication> publications) {
            return publications.stream().anyMatch(publication -> timeline.owes(publication, group));
        }

        private static boolean mayHaveCome(List<Publication> publications) {
            return publications.stream().anyMatch(publication -> publication.outcome() != Outcome.NOT_ACCEPTED);
        }

        private long repeats() {
            return passages.stream()
                    .mapToLong(passage -> Math.max(0, passage.successes().size() - 1))
                    .sum();
        }

        private long count(Op op) {
            return linesByOp.getOrDefault(op, 0L);
        }

        private void equalHistory(String name, long value, long inHistory) {
            equal(name, value, "the history's", inHistory);
        }

        private void equal(String name, long value, String otherName, long other) {
            if (value != other) {
                add(name + " is " + value + ", but " + otherName + " is " + other);
            }
        }

        private void add(String sentence) {
            violations.add(new Violation(Check.BALANCE, "group '" + group.name() + "': " + sentence, List.of()));
        }
    }
}
