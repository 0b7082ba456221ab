package io.eventbus.internal;

import io.eventbus.BusConfig;
import io.eventbus.DeadLetterReason;
import io.eventbus.RetryPolicy;
import io.eventbus.UnknownTypePolicy;
import io.eventbus.internal.StatsRecorder.Counter;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Decides what becomes of a delivery; does nothing about it. Stateless and thread-safe. */
class Judge {
    private final BusConfig config;

    Judge(BusConfig config) {
        this.config = config;
    }

    /** Whether a failed subscription gets the event again after this attempt. */
    boolean retries(Failure failure, int attempt) {
        return failure.reason() == DeadLetterReason.ATTEMPTS_EXHAUSTED
                && failure.registration().retry().retries(attempt, failure.cause());
    }

    /** The longest pause that any of the policies asks for. */
    Verdict retry(List<Failure> retryable, int attempt) {
        return new Verdict.Retry(retryable.stream()
                .map(failure -> delay(failure.registration().retry(), attempt))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO));
    }

    Duration delay(RetryPolicy policy, int attempt) {
        return policy.delayAfter(attempt, ThreadLocalRandom.current());
    }

    /** No subscription is left to handle the event: all have succeeded or failed for good. */
    Verdict conclude(List<Failure> failed) {
        if (failed.isEmpty()) {
            return new Verdict.Accept(Counter.HANDLED);
        }
        Failure last = failed.get(failed.size() - 1);
        boolean onlyUnknown = failed.stream().allMatch(failure -> failure.reason() == DeadLetterReason.UNKNOWN_TYPE);
        if (onlyUnknown && config.unknownTypes() == UnknownTypePolicy.DISCARD) {
            return new Verdict.Accept(Counter.DISCARDED);
        }
        List<String> handlers =
                failed.stream().map(failure -> failure.registration().name()).toList();
        return new Verdict.Bury(last.reason(), handlers, last.cause());
    }
}
