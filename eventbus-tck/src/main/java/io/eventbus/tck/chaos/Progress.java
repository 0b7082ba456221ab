package io.eventbus.tck.chaos;

import java.time.Duration;

/**
 * How far a scenario is.
 *
 * @param elapsed how long publishers have kept going
 * @param accepted publishes that were accepted so far
 * @param handled handler calls that succeeded so far, repeats included
 * @param unknown publishes whose outcome is unknown so far
 * @param faults faults that began so far, without events that fail or are slow
 */
public record Progress(Duration elapsed, long accepted, long handled, long unknown, long faults) {

    /** {@return the figures on one line} */
    @Override
    public String toString() {
        return elapsed.toSeconds() + " s: accepted " + accepted + ", handled " + handled + ", unknown " + unknown
                + ", faults " + faults;
    }
}
