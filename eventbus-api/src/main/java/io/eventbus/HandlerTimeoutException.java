package io.eventbus;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What an attempt failed with when its handler took longer than its time-out. */
public final class HandlerTimeoutException extends EventBusException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param handler the handler's name
     * @param timeout how long it might have taken
     * @param cause what it threw when it was interrupted, or null
     */
    public HandlerTimeoutException(String handler, Duration timeout, @Nullable Throwable cause) {
        super(handler + " took longer than its time-out of " + timeout, cause);
    }
}
