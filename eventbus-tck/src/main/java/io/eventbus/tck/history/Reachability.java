package io.eventbus.tck.history;

import io.eventbus.spi.Group;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Something that a scenario was made for. A history without it proves nothing.
 *
 * @param name what must have been reached, as a clause: "a cut hit an open publish"
 * @param reached whether a history has it
 */
public record Reachability(String name, Predicate<History> reached) {

    /**
     * Something happened often enough.
     *
     * @param op what
     * @param times how often at least
     * @return the condition
     */
    public static Reachability happened(Op op, int times) {
        return new Reachability(
                op + " at least " + times + " times",
                history -> history.with(op).count() >= times);
    }

    /**
     * A publish was open when something happened: called before, and completed after or never.
     *
     * @param op what happened meanwhile
     * @return the condition
     */
    public static Reachability publishOpenAt(Op op) {
        return new Reachability(op + " while a publish was open", history -> openAt(history, op));
    }

    private static boolean openAt(History history, Op op) {
        List<Publication> all =
                new Timeline(history).events().stream().flatMap(List::stream).toList();
        return history.with(op).anyMatch(moment -> all.stream().anyMatch(publication -> publication.isOpenAt(moment)));
    }

    /**
     * A handler was running when something happened.
     *
     * @param op what happened meanwhile
     * @return the condition
     */
    public static Reachability handlerRunningAt(Op op) {
        return new Reachability(op + " while a handler ran", history -> runningAt(history, op));
    }

    private static boolean runningAt(History history, Op op) {
        List<Handling> all = new Timeline(history).handlings().toList();
        return history.with(op).anyMatch(moment -> all.stream().anyMatch(handling -> handling.runsAt(moment)));
    }

    /**
     * Handlers of one group ran for different keys at the same time.
     *
     * @param lanes how many keys at least
     * @return the condition
     */
    public static Reachability lanesBusy(int lanes) {
        return new Reachability(lanes + " lanes busy at the same time", history -> mostLanesBusy(history) >= lanes);
    }

    private static int mostLanesBusy(History history) {
        Map<Group, Set<String>> busy = new HashMap<>();
        int most = 0;
        for (HistoryRecord record : history.records()) {
            Set<String> keys = busy.computeIfAbsent(Timeline.groupOf(record), unused -> new HashSet<>());
            if (record.op() == Op.HANDLE_START) {
                keys.add(record.key());
            } else if (record.op() == Op.HANDLE_END) {
                keys.remove(record.key());
            }
            most = Math.max(most, keys.size());
        }
        return most;
    }
}
