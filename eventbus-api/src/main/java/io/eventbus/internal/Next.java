package io.eventbus.internal;

import java.time.Duration;

/**
 * What follows after a piece of work has run.
 *
 * @param isAgain whether it has to run again
 * @param delay after what time; zero if it does not
 */
record Next(boolean isAgain, Duration delay) {
    static final Next DONE = new Next(false, Duration.ZERO);

    static Next after(Duration delay) {
        return new Next(true, delay);
    }
}
