package io.eventbus.cli;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Shows on standard error that a long command goes on: a line every five seconds at most. Not thread-safe. */
final class Progress {
    private static final long PAUSE_NANOS = Duration.ofSeconds(5).toNanos();

    private final Console console;
    private final LongSupplier clock;
    private long last;

    /** Begins the first five seconds. */
    Progress(Console console) {
        this.console = console;
        this.clock = console.clock();
        this.last = clock.getAsLong();
    }

    /** It has come further; the line is asked for if it is time for one. */
    void made(Supplier<String> line) {
        long now = clock.getAsLong();
        if (now - last > PAUSE_NANOS) {
            last = now;
            console.err().println(line.get());
        }
    }
}
