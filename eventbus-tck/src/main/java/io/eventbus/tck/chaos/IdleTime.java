package io.eventbus.tck.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A while in which a script causes nothing and no trouble lasts, so that a script without it has the same troubles, with the same
 * ones at the same time.
 *
 * @param fromMillis when it begins, in milliseconds of the script
 * @param millis how long it is, in milliseconds
 */
record IdleTime(long fromMillis, long millis) {

    /** How often one is cut in two, to leave out a part of it. */
    private static final int CUTS = 4;

    /** All idle times of a script: before, between and after its actions. */
    static List<IdleTime> of(Script script) {
        List<IdleTime> idle = new ArrayList<>();
        long busyUntil = 0;
        for (Action action : script.actions()) {
            add(busyUntil, action.atMillis(), idle);
            busyUntil = Math.max(busyUntil, action.atMillis() + action.lastsMillis());
        }
        add(busyUntil, script.length().toMillis(), idle);
        return idle;
    }

    private static void add(long from, long to, List<IdleTime> idle) {
        if (to > from) {
            idle.add(new IdleTime(from, to - from));
        }
    }

    /** Its parts, from half of it to ever smaller ones: some of them make nearly any length. */
    List<IdleTime> parts() {
        List<IdleTime> parts = new ArrayList<>();
        long to = fromMillis + millis;
        long from = fromMillis;
        for (int cut = 0; cut < CUTS; cut++) {
            long middle = from + (to - from) / 2;
            add(from, middle, parts);
            from = middle;
        }
        add(from, to, parts);
        return parts;
    }

    /** What of it is more than some length; empty if nothing. */
    List<IdleTime> beyond(Duration longest) {
        List<IdleTime> rest = new ArrayList<>();
        add(fromMillis + longest.toMillis(), fromMillis + millis, rest);
        return rest;
    }

    /** The script without some of its idle time: what comes after it comes sooner. */
    static Script leftOut(Collection<IdleTime> idle, Script script) {
        List<Action> actions = script.actions().stream()
                .map(action -> new Action(
                        action.atMillis() - until(action.atMillis(), idle),
                        action.trouble(),
                        action.target(),
                        action.lastsMillis()))
                .toList();
        return new Script(script.length().minusMillis(until(Long.MAX_VALUE, idle)), actions);
    }

    private static long until(long moment, Collection<IdleTime> idle) {
        return idle.stream()
                .filter(one -> one.fromMillis() < moment)
                .mapToLong(IdleTime::millis)
                .sum();
    }
}
