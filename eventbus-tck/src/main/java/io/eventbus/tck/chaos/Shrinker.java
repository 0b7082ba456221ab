package io.eventbus.tck.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Looks for a short part of a list that fails like the whole: leaves out ever smaller pieces, the last of them first, and keeps
 * what is left when it still fails (delta debugging). What fails by chance may not fail when it is tried, so the result is a short one, not the shortest.
 */
final class Shrinker {

    private Shrinker() {}

    /**
     * Shortens a list that fails.
     *
     * @param failing the list
     * @param fails tries a part of it
     * @param mayTry whether there is time to try a part
     * @return a part that has failed, or the list itself
     */
    static <E> List<E> shrink(List<E> failing, Predicate<List<E>> fails, Predicate<List<E>> mayTry) {
        Predicate<List<E>> failsInTime = part -> mayTry.test(part) && fails.test(part);
        if (failing.isEmpty() || failsInTime.test(List.of())) {
            return List.of();
        }
        List<E> shortest = failing;
        int pieces = 2;
        while (shortest.size() > 1) {
            List<E> shorter = withoutOnePiece(shortest, pieces, failsInTime);
            if (shorter.size() < shortest.size()) {
                shortest = shorter;
                pieces = Math.max(2, pieces - 1);
            } else if (pieces < shortest.size()) {
                pieces = Math.min(2 * pieces, shortest.size());
            } else {
                return shortest;
            }
        }
        return shortest;
    }

    /** The first part without one of the pieces that fails, or the list itself. */
    private static <E> List<E> withoutOnePiece(List<E> list, int pieces, Predicate<List<E>> fails) {
        for (int piece = pieces - 1; piece >= 0; piece--) {
            int from = list.size() * piece / pieces;
            int to = list.size() * (piece + 1) / pieces;
            List<E> rest = new ArrayList<>(list.subList(0, from));
            rest.addAll(list.subList(to, list.size()));
            if (fails.test(rest)) {
                return rest;
            }
        }
        return list;
    }
}
