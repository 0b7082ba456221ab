package io.eventbus.internal;

import java.time.Duration;

/**
 * What follows after a piece of work has run.
 *
 * @param kind whether and when it has to run again
 * @param delay after what time; zero unless it runs again after a time
 */
record Next(Kind kind, Duration delay) {
    static final Next DONE = new Next(Kind.DONE, Duration.ZERO);
    static final Next HELD = new Next(Kind.HELD, Duration.ZERO);

    /** How it goes on. */
    enum Kind {
        /** It does not run again. */
        DONE,
        /** It runs again after a time. */
        AGAIN,
        /** It runs again once it is told to. */
        HELD
    }

    static Next after(Duration delay) {
        return new Next(Kind.AGAIN, delay);
    }

    boolean isAgain() {
        return kind != Kind.DONE;
    }
}
