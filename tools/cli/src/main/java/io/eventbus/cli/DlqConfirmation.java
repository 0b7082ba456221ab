package io.eventbus.cli;

import picocli.CommandLine.Option;

/** Whether what cannot be taken back is to be done. */
final class DlqConfirmation {
    @Option(names = "--yes", description = "Does it; without this, only the number of letters is printed.")
    private boolean yes;

    /** Prints how many letters something is about to be done with, and whether it is; with none it asks for nothing. */
    boolean isGiven(Console console, long count, String verb, DlqTarget target) {
        String question = yes ? "" : ": give --yes to do it; nothing is done";
        console.err().println(target.found(count) + (count == 0 ? "" : " to " + verb + question));
        return yes;
    }
}
