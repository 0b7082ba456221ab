package io.eventbus.internal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How one session with the broker stands, for the health. Written by the session's thread, read by all. */
final class SessionState {
    private final String what;
    private volatile @Nullable String trouble;
    private volatile Instant since = Instant.now();

    SessionState(String what) {
        this.what = what;
    }

    void up() {
        trouble = null;
        since = Instant.now();
    }

    void down(@Nullable String reason) {
        if (trouble == null) {
            since = Instant.now();
        }
        trouble = what + ": " + reason;
    }

    /** Why there is no session, or null if there is one. */
    @Nullable String trouble() {
        return trouble;
    }

    Instant since() {
        return since;
    }
}
