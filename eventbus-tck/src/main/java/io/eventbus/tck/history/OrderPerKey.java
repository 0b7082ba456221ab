package io.eventbus.tck.history;

import io.eventbus.spi.Group;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@link Check#ORDER_PER_KEY}, in groups that never had two members at once, or in all if order is promised across members.
 * At most one violation a key and group.
 */
record OrderPerKey(Timeline timeline, Membership membership, Faults faults, boolean acrossMembers) {

    List<Violation> violations() {
        return timeline.activeGroups().stream()
                .filter(group -> acrossMembers || membership.alone(group))
                .flatMap(this::violationsIn)
                .toList();
    }

    private Stream<Violation> violationsIn(Group group) {
        return byKey(group).stream().map(this::firstViolation).filter(Objects::nonNull);
    }

    private @Nullable Violation firstViolation(List<Step> steps) {
        Violation overtaking = overtaking(steps);
        return overtaking == null ? rewind(steps) : overtaking;
    }

    private Collection<List<Step>> byKey(Group group) {
        return timeline.events().stream()
                .filter(publications -> isOrdered(publications, group))
                .map(publications -> step(publications.get(0), group))
                .filter(step -> !step.passage().settledUnhandled())
                .collect(Collectors.groupingBy(
                        step -> step.publication().invoked().key(), LinkedHashMap::new, Collectors.toList()))
                .values();
    }

    private static boolean isOrdered(List<Publication> publications, Group group) {
        Publication first = publications.get(0);
        return publications.size() == 1
                && first.accepted()
                && first.invoked().topic().equals(group.topic())
                && !first.invoked().key().isEmpty();
    }

    private Step step(Publication publication, Group group) {
        return new Step(
                publication, timeline.passage(group, publication.invoked().id()), timeline.owes(publication, group));
    }

    /** Goes through calls and completions in their order, and asks at each call whether the event overtook one before it. */
    private @Nullable Violation overtaking(List<Step> steps) {
        Map<Publication.Publisher, Front> called = new HashMap<>();
        Front completed = new Front();
        for (Moment moment : moments(steps)) {
            Step step = moment.step();
            if (moment.isCompletion()) {
                completed.add(step);
                continue;
            }
            Front ofPublisher = called.computeIfAbsent(step.publication().publisher(), unused -> new Front());
            Step inCall = ofPublisher.overtakenBy(step);
            Step overtaken = inCall == null ? completed.overtakenBy(step) : inCall;
            if (overtaken != null && !isOutOfScope(overtaken)) {
                return overtaking(overtaken, step);
            }
            ofPublisher.add(step);
        }
        return null;
    }

    /** A silence is a change of members, and across members not every transport keeps the order. */
    private boolean isOutOfScope(Step overtaken) {
        return !acrossMembers
                && overtaken.started()
                && faults.silenceBetween(
                        overtaken.passage().group(),
                        overtaken.publication().invoked(),
                        overtaken.passage().handlings().get(0).start());
    }

    private static List<Moment> moments(List<Step> steps) {
        return steps.stream()
                .flatMap(step -> step.publication().records().map(record -> new Moment(step, record)))
                .sorted(Comparator.comparingLong(moment -> moment.record().seq()))
                .toList();
    }

    /** Looks for a handling that goes back behind a later event without a reason. */
    private @Nullable Violation rewind(List<Step> steps) {
        for (Step step : steps) {
            for (Handling again : step.passage().handlings().stream().skip(1).toList()) {
                Step later = isExplained(step.passage(), again.start()) ? null : handledBetween(step, again, steps);
                if (later != null) {
                    return rewind(step, later, again);
                }
            }
        }
        return null;
    }

    private boolean isExplained(Passage passage, HistoryRecord again) {
        return passage.countBefore(Op.REPLAY, again) > 0 || faults.explainRepeat(passage, again);
    }

    private static @Nullable Step handledBetween(Step step, Handling again, List<Step> steps) {
        return steps.stream()
                .filter(other -> other.firstStart() < again.start().seq())
                .filter(other -> step.publication().isBefore(other.publication()))
                .findFirst()
                .orElse(null);
    }

    private static Violation overtaking(Step overtaken, Step step) {
        String fate = overtaken.started() ? "first handled before" : "handled and passed over";
        String sentence = "event '" + step.id() + "' of key '" + key(step) + "' was " + fate + " '" + overtaken.id()
                + "', which was published before it, in group '" + group(step) + "'";
        return violation(
                sentence,
                overtaken,
                step,
                Stream.of(step, overtaken)
                        .flatMap(each -> each.passage().handlings().stream().limit(1))
                        .map(Handling::start));
    }

    private static Violation rewind(Step step, Step later, Handling again) {
        String sentence = "event '" + step.id() + "' of key '" + key(step) + "' was handled again after '" + later.id()
                + "', which was published after it, in group '" + group(step)
                + "', and nothing in the history explains it";
        Stream<HistoryRecord> firstStarts = Stream.of(step, later)
                .map(each -> each.passage().handlings().get(0).start());
        return violation(sentence, step, later, Stream.concat(firstStarts, Stream.of(again.start())));
    }

    private static Violation violation(String sentence, Step first, Step second, Stream<HistoryRecord> handled) {
        Publication before = first.publication();
        Publication after = second.publication();
        boolean onePublisher = before.publisher().equals(after.publisher());
        HistoryRecord proof = onePublisher ? before.invoked() : Objects.requireNonNull(before.returned());
        return new Violation(
                Check.ORDER_PER_KEY,
                sentence,
                Stream.concat(Stream.of(proof, after.invoked()), handled).toList());
    }

    private static String key(Step step) {
        return step.publication().invoked().key();
    }

    private static String group(Step step) {
        return step.passage().group().name();
    }

    private record Moment(Step step, HistoryRecord record) {

        boolean isCompletion() {
            return record.op() == Op.PUBLISH_RETURN;
        }
    }
}
