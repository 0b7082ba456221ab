package io.eventbus.cli.spoilt;

import io.eventbus.tck.history.Check;

/** What is wrong with a {@link SpoiltReceiver}. */
public enum Defect {
    /** Nothing: what finds the others must let this one pass. */
    NONE("the history is sound", Integer.MAX_VALUE),

    /** Now and then the group gets a message again that it has accepted. */
    REPEATS(Check.EXPLAINED_DUPLICATES.title(), 25),

    /** Now and then, rarely since it is taken alone, a message that was accepted comes once more, as if many had died of it. */
    BURIES("given up without need", 500),

    /** Now and then the group never gets a message. */
    LOSES(Check.NO_LOSS.title(), 25);

    private final String finding;
    private final int every;

    /** @param every one message in how many it concerns */
    Defect(String finding, int every) {
        this.finding = finding;
        this.every = every;
    }

    int every() {
        return every;
    }

    /** {@return what a verdict on it says} */
    public String finding() {
        return finding;
    }
}
