package io.eventbus.tck.history;

import org.jspecify.annotations.Nullable;

/** Among the events of a key that are published before some other, the one that was first handled last, or not at all. */
final class Front {

    private @Nullable Step last;
    private boolean moving;

    /** Adds the next event in publish order. */
    void add(Step step) {
        boolean counts =
                step.started() || step.owed() || moving; // a group that has begun with a key passes nothing over
        if (counts && (last == null || step.firstStart() > last.firstStart())) {
            last = step;
        }
        moving |= step.started();
    }

    /** An event that should have been handled before this one and was not, or null. */
    @Nullable Step overtakenBy(Step step) {
        return last != null && step.firstStart() < last.firstStart() ? last : null;
    }
}
