package io.eventbus;

import io.eventbus.spi.OptionDescriptor;
import java.time.Duration;

/** The one range of time spans: from zero, or above it, to the longest that any part of the bus can count in. */
final class TimeSpans {
    private static final Duration LONGEST = OptionDescriptor.LONGEST_DURATION;

    private TimeSpans() {}

    /** The value, if it is above zero and not too long. */
    static Duration positive(Duration value, String name) {
        return within(Duration.ofNanos(1), value, name, "above zero");
    }

    /** The value, if it is not negative and not too long. */
    static Duration notNegative(Duration value, String name) {
        return within(Duration.ZERO, value, name, "zero or more");
    }

    private static Duration within(Duration shortest, Duration value, String name, String expected) {
        if (value.compareTo(shortest) < 0 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    name + " is " + value + "; expected " + expected + ", at most " + LONGEST.toDays() + " days");
        }
        return value;
    }
}
