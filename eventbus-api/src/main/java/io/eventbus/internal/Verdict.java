package io.eventbus.internal;

import io.eventbus.DeadLetterReason;
import io.eventbus.internal.StatsRecorder.Counter;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of a delivery. */
sealed interface Verdict {

    /**
     * It is done with.
     *
     * @param as what it counts as
     */
    record Accept(Counter as) implements Verdict {}

    /**
     * The subscriptions that failed get it again.
     *
     * @param delay after this time
     */
    record Retry(Duration delay) implements Verdict {}

    /**
     * It goes to the dead letters, or is discarded where there are none.
     *
     * @param reason why
     * @param handlers the names of the handlers that failed
     * @param cause the last failure, or null if no exception led here
     */
    record Bury(
            DeadLetterReason reason,
            List<String> handlers,
            @Nullable Throwable cause) implements Verdict {}

    /** Its session is lost: the broker delivers it again, and settling it would mean nothing. */
    record Release() implements Verdict {}
}
