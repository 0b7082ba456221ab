package io.eventbus.internal;

import io.eventbus.DeadLetter;
import io.eventbus.DeadLetterPage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Picks the first letters behind a mark, in the order of time and id, from a pass in any order. Keeps one letter more than the
 * page has, however many there are. A broker's own order would not do: it may change when letters are read and given back, and
 * has no place to go on from when a letter is gone. Used by one thread.
 */
final class LetterPage {
    private final int limit;
    private final PageMark after;
    private final PriorityQueue<Ranked> lastFirst = new PriorityQueue<>(
            Comparator.comparing(Ranked::place).thenComparing(Ranked::arrival).reversed());
    private long skipped;
    private long arrivals;

    LetterPage(int limit, PageMark after) {
        this.limit = limit;
        this.after = after;
    }

    private record Ranked(DeadLetter letter, long arrival) {

        PageMark place() {
            return PageMark.at(letter, 0);
        }
    }

    void offer(DeadLetter letter) {
        if (wasShown(PageMark.at(letter, 0))) {
            return;
        }
        lastFirst.add(new Ranked(letter, ++arrivals));
        if (lastFirst.size() > limit + 1) {
            lastFirst.remove();
        }
    }

    DeadLetterPage page() {
        boolean more = lastFirst.size() > limit;
        if (more) {
            lastFirst.remove();
        }
        List<Ranked> ranked = new ArrayList<>(lastFirst);
        ranked.sort(lastFirst.comparator().reversed());
        List<DeadLetter> letters = ranked.stream().map(Ranked::letter).toList();
        return new DeadLetterPage(letters, more ? mark(letters).toString() : null);
    }

    private boolean wasShown(PageMark place) {
        int order = place.compareTo(after);
        if (order == 0 && skipped < after.shown()) {
            skipped++;
            return true;
        }
        return order < 0;
    }

    private PageMark mark(List<DeadLetter> letters) {
        PageMark last = PageMark.at(letters.get(letters.size() - 1), 0);
        long here = letters.stream()
                .filter(letter -> PageMark.at(letter, 0).isSamePlace(last))
                .count();
        long before = last.isSamePlace(after) ? after.shown() : 0;
        return new PageMark(last.lastFailure(), last.id(), before + here);
    }
}
