package io.eventbus.tck.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Looks for a short script that fails like a whole one: with fewer actions first, and without the idle time that opens between them
 * when it is long; then with less and less idle time. Used once, by one thread.
 */
final class ScriptSearch {

    /** More than enough for a few actions of thousands; where it takes a dozen of them together, what was found is good enough. */
    static final int MAX_TRIES = 300;

    private final Script whole;
    private final Duration longestIdle;
    private final Duration calm;
    private final Predicate<Script> fails;
    private final Predicate<Duration> inTime;
    private final Consumer<Progress> progress;
    private Script shortest;
    private int tries;

    /**
     * Prepares a search.
     *
     * @param whole the script that has failed
     * @param longestIdle after how long without a trouble nothing comes of the ones before it any more
     * @param calm how long publishers go on after the last of fewer actions
     * @param fails plays a script
     * @param inTime whether there is the time for one of this length
     * @param progress told before each try
     */
    ScriptSearch(
            Script whole,
            Duration longestIdle,
            Duration calm,
            Predicate<Script> fails,
            Predicate<Duration> inTime,
            Consumer<Progress> progress) {
        this.whole = whole;
        this.longestIdle = longestIdle;
        this.calm = calm;
        this.fails = fails;
        this.inTime = inTime;
        this.progress = progress;
        this.shortest = whole;
    }

    /** The shortest that has failed; the whole one, if no other has. */
    Script run() {
        Shrinker.shrink(whole.actions(), part -> fails(keeping(part)), part -> mayTry(keeping(part)));
        Script fewest = shortest;
        List<IdleTime> idle = IdleTime.of(fewest).stream()
                .flatMap(one -> one.parts().stream())
                .toList();
        Shrinker.shrink(idle, kept -> fails(without(idle, kept, fewest)), kept -> mayTry(without(idle, kept, fewest)));
        return shortest;
    }

    private Script keeping(List<Action> part) {
        Duration needed = new Script(Duration.ZERO, part).end().plus(calm);
        Script kept = new Script(needed.compareTo(whole.length()) < 0 ? needed : whole.length(), part);
        List<IdleTime> tooLong = IdleTime.of(kept).stream()
                .flatMap(one -> one.beyond(longestIdle).stream())
                .toList();
        return IdleTime.leftOut(tooLong, kept);
    }

    private static Script without(List<IdleTime> idle, List<IdleTime> kept, Script script) {
        List<IdleTime> leftOut = new ArrayList<>(idle);
        leftOut.removeAll(kept);
        return IdleTime.leftOut(leftOut, script);
    }

    private boolean mayTry(Script script) {
        return tries < MAX_TRIES && inTime.test(script.length());
    }

    private boolean fails(Script script) {
        tries++;
        int left = shortest.actions().size();
        progress.accept(new Progress.Shrinking(
                tries, MAX_TRIES, left, whole.actions().size(), shortest.length(), script.length()));
        boolean failed = fails.test(script);
        if (failed) {
            shortest = script;
        }
        return failed;
    }
}
