package io.eventbus.cli;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The tail has ended, since it was to or since it could not write: the event is left to the group. */
final class TailEndedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TailEndedException(@Nullable IOException cause) {
        super("the tail has ended", cause);
    }
}
