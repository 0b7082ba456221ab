package io.eventbus.cli;

import picocli.CommandLine.Option;

/** Whether what cannot be taken back is to be done. */
final class DlqConfirmation {
    @Option(names = "--yes", description = "Does it; without this, only the number of letters is printed.")
    private boolean yes;

    /** Prints how many letters something is about to be done with, and whether it is. */
    boolean isGiven(Console console, long count, String verb, DlqTarget target) {
        String what = letters(count) + " of " + target;
        console.err()
                .println(yes ? what + " to " + verb : what + " to " + verb + ": give --yes to do it; nothing is done");
        return yes;
    }

    static String letters(long count) {
        return count + (count == 1 ? " dead letter" : " dead letters");
    }
}
