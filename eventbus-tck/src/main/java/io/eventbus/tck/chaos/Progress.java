package io.eventbus.tck.chaos;

import java.time.Duration;

/** How far a scenario is; its text is one line for people. */
public sealed interface Progress {

    /**
     * A script is played.
     *
     * @param elapsed how long publishers have kept going
     * @param accepted publishes that were accepted so far
     * @param handled handler calls that succeeded so far, repeats included
     * @param unknown publishes whose outcome is unknown so far
     * @param faults faults that began so far, without events that fail or are slow
     */
    record Playing(Duration elapsed, long accepted, long handled, long unknown, long faults) implements Progress {

        /** {@return the figures on one line} */
        @Override
        public String toString() {
            return elapsed.toSeconds() + " s: accepted " + accepted + ", handled " + handled + ", unknown " + unknown
                    + ", faults " + faults;
        }
    }

    /**
     * A script has failed, and a shorter one that may fail too is about to be played.
     *
     * @param attempt the number of the shorter one, from 1
     * @param atMost how many are played at most; fewer, when the time is over before
     * @param left how many actions the shortest has that has failed so far
     * @param of how many the whole one has
     * @param length how long that shortest one is
     * @param next how long the one is that is about to be played
     */
    record Shrinking(int attempt, int atMost, int left, int of, Duration length, Duration next) implements Progress {

        /** {@return the figures on one line} */
        @Override
        public String toString() {
            return "shrinking: try " + attempt + " of at most " + atMost + ", " + seconds(next) + " long; " + left
                    + " actions of " + of + " left, " + seconds(length) + " long";
        }

        private static String seconds(Duration time) {
            return time.toMillis() / 1000.0 + " s";
        }
    }
}
