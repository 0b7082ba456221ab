package io.eventbus.tck.history;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One thing that happened and must not, or did not happen and must.
 *
 * @param check the check that found it
 * @param sentence what is wrong, with the names of event and group
 * @param slice the fewest lines of the history that show it, in order; empty where no line does
 */
public record Violation(Check check, String sentence, List<HistoryRecord> slice) {

    /** Copies the slice and puts it in order. */
    public Violation {
        slice = slice.stream()
                .distinct()
                .sorted(Comparator.comparingLong(HistoryRecord::seq))
                .toList();
    }

    /** {@return check, sentence and slice, on several lines} */
    public String describe() {
        return slice.stream()
                .map(record -> "\n    " + record.describe())
                .collect(Collectors.joining("", check.title() + ": " + sentence, ""));
    }
}
