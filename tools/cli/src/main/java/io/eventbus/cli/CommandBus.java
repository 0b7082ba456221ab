package io.eventbus.cli;

import io.eventbus.EventBus;
import io.eventbus.EventBusBuilder;
import java.time.Duration;

/** How the buses begin that commands use. */
public final class CommandBus {
    /**
     * Longer than the bus's own: all classes of the client are yet to be loaded. It is also for how long a command waits for each
     * answer to what it asks the broker; who does not want to wait presses Ctrl-C.
     */
    private static final Duration OPEN_TIMEOUT = Duration.ofSeconds(30);

    private CommandBus() {}

    /** {@return a bus without URL and topic} */
    public static EventBusBuilder builder() {
        return EventBus.builder().openTimeout(OPEN_TIMEOUT);
    }
}
