package io.eventbus.cli.spoilt;

import io.eventbus.tck.history.Check;

/** What is wrong with a {@link SpoiltReceiver}. */
public enum Defect {
    /** Nothing: what finds the others must let this one pass. */
    NONE("the history is sound"),

    /** Now and then the group gets a message again that it has accepted. */
    REPEATS(Check.EXPLAINED_DUPLICATES.title()),

    /** Now and then the group never gets a message. */
    LOSES(Check.NO_LOSS.title());

    private final String finding;

    Defect(String finding) {
        this.finding = finding;
    }

    /** {@return what a verdict on it says} */
    public String finding() {
        return finding;
    }
}
