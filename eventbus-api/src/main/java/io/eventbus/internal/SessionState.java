package io.eventbus.internal;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How one session with the broker stands, for the health. Written by the session's thread, read by all. */
final class SessionState {
    private static final Logger LOG = LoggerFactory.getLogger("io.eventbus");

    private final String what;
    private final Runnable onChange;
    private volatile @Nullable String trouble;
    private volatile Instant since = Instant.now();

    /** Tells whoever wants to know when a session is lost or there is one again. */
    SessionState(String what, Runnable onChange) {
        this.what = what;
        this.onChange = onChange;
    }

    void up() {
        Instant now = Instant.now();
        boolean back = trouble != null;
        if (back) {
            LOG.info("{}: back after {} ms", what, Duration.between(since, now).toMillis());
        }
        trouble = null;
        since = now;
        if (back) {
            onChange.run();
        }
    }

    void down(@Nullable String reason) {
        if (trouble == null) {
            since = Instant.now();
        }
        trouble = what + ": " + reason;
        onChange.run();
    }

    /** Why there is no session, or null if there is one. */
    @Nullable String trouble() {
        return trouble;
    }

    Instant since() {
        return since;
    }
}
