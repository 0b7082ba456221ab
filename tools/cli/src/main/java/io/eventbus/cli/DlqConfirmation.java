package io.eventbus.cli;

import picocli.CommandLine.Option;

/** Whether what cannot be taken back is to be done. */
final class DlqConfirmation {
    @Option(names = "--yes", description = "Does it; without this, only the number of letters is printed.")
    private boolean yes;

    /**
     * Prints what something is about to be done with, and whether it is; with nothing it asks for nothing.
     *
     * @param found says how many letters, and where
     */
    boolean isGiven(Console console, long count, String found, String verb) {
        String question = yes ? "" : ": give --yes to do it; nothing is done";
        console.err().println(found + (count == 0 ? "" : " to " + verb + question));
        return yes;
    }
}
