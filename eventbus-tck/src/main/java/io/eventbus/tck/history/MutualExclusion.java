package io.eventbus.tck.history;

import io.eventbus.spi.Group;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@link Check#MUTUAL_EXCLUSION}. One member never handles two events of a key at the same time; two members do so only if
 * order is not promised across members, or after a fault.
 */
record MutualExclusion(Timeline timeline, Faults faults, boolean acrossMembers) {

    List<Violation> violations() {
        return timeline.activeGroups().stream().flatMap(this::overlapsIn).toList();
    }

    private Stream<Violation> overlapsIn(Group group) {
        return byKey(group).stream()
                .map(handlings -> firstOverlap(group, handlings))
                .filter(Objects::nonNull);
    }

    private Collection<List<Handling>> byKey(Group group) {
        Map<String, List<Handling>> byKey = timeline.passagesIn(group).stream()
                .flatMap(passage -> passage.handlings().stream())
                .filter(handling -> !handling.start().key().isEmpty())
                .sorted(Comparator.comparingLong(handling -> handling.start().seq()))
                .collect(Collectors.groupingBy(
                        handling -> handling.start().key(), LinkedHashMap::new, Collectors.toList()));
        return byKey.values();
    }

    private @Nullable Violation firstOverlap(Group group, List<Handling> handlings) {
        List<Handling> running = new ArrayList<>();
        List<Handling> excused = new ArrayList<>(); // a fault explains every other member from now on
        for (Handling next : handlings) {
            running.removeIf(handling -> !handling.runsAt(next.start()));
            excused.removeIf(handling -> !handling.runsAt(next.start()));
            for (Handling other : List.copyOf(running)) {
                if (!isOneMember(other, next) && isExplained(group, other, next)) {
                    running.remove(other);
                    excused.add(other);
                } else {
                    return violation(group, other, next);
                }
            }
            for (Handling other : excused) {
                if (isOneMember(other, next)) {
                    return violation(group, other, next);
                }
            }
            running.add(next);
        }
        return null;
    }

    private static boolean isOneMember(Handling running, Handling next) {
        return running.start().instance().equals(next.start().instance());
    }

    private boolean isExplained(Group group, Handling running, Handling next) {
        return !acrossMembers || faults.between(group, running.start(), next.start());
    }

    private static Violation violation(Group group, Handling running, Handling next) {
        String sentence =
                "events '" + running.start().id() + "' and '" + next.start().id() + "' of key '"
                        + next.start().key() + "' were handled at the same time in group '" + group.name() + "'";
        return new Violation(
                Check.MUTUAL_EXCLUSION,
                sentence,
                Stream.concat(running.records(), Stream.of(next.start())).toList());
    }
}
