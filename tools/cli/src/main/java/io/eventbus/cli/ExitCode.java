package io.eventbus.cli;

/** What the process ends with. */
final class ExitCode {
    static final int OK = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    /** It was not said that what cannot be taken back is to be done. */
    static final int UNCONFIRMED = 3;
    /** A test came to nothing, and no other found anything wrong. */
    static final int UNTESTED = 4;

    private ExitCode() {}
}
