package io.eventbus;

import java.time.Duration;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * How often and when a failed event is handled again. Immutable and thread-safe.
 *
 * <p>The pause before retry {@code n}, counted from 1, is {@code min(initialDelay x 2^(n-1), maxDelay)}, made shorter or
 * longer at random by at most {@code jitter} of it, and never longer than {@code maxDelay}.
 *
 * @param maxAttempts how often at most an event is handled, the first time included; 1 or more
 * @param initialDelay the pause before the first retry; zero or more
 * @param maxDelay no pause is longer; at most 365 days
 * @param jitter the share by which a pause varies, 0 to 1
 * @param notRetryable exceptions that no retry can mend, with their subclasses
 */
public record RetryPolicy(
        int maxAttempts,
        Duration initialDelay,
        Duration maxDelay,
        double jitter,
        Set<Class<? extends Throwable>> notRetryable) {

    /** How often an event is handled by default. */
    public static final int DEFAULT_MAX_ATTEMPTS = 4;

    private static final RetryPolicy DEFAULTS =
            new RetryPolicy(DEFAULT_MAX_ATTEMPTS, Duration.ofSeconds(1), Duration.ofSeconds(60), 0.1, Set.of());

    /** Refuses numbers that make no sense, naming the one. */
    public RetryPolicy {
        require(maxAttempts >= 1, "maxAttempts", maxAttempts, "1 or more");
        TimeSpans.notNegative(initialDelay, "initialDelay");
        TimeSpans.notNegative(maxDelay, "maxDelay");
        require(maxDelay.compareTo(initialDelay) >= 0, "maxDelay", maxDelay, "at least initialDelay " + initialDelay);
        require(jitter >= 0 && jitter <= 1, "jitter", jitter, "0 to 1");
        notRetryable = Set.copyOf(notRetryable);
    }

    /**
     * Four attempts; 1 s doubling to 60 s; jitter 0.1.
     *
     * @return the policy that holds when no other is given
     */
    public static RetryPolicy defaults() {
        return DEFAULTS;
    }

    /**
     * One attempt.
     *
     * @return a policy without retries
     */
    public static RetryPolicy none() {
        return DEFAULTS.withMaxAttempts(1);
    }

    /**
     * With another number of attempts.
     *
     * @param attempts the first included; 1 or more
     * @return a copy
     */
    public RetryPolicy withMaxAttempts(int attempts) {
        return new RetryPolicy(attempts, initialDelay, maxDelay, jitter, notRetryable);
    }

    /**
     * With other pauses.
     *
     * @param initial the pause before the first retry
     * @param max no pause is longer; at most 365 days
     * @return a copy
     */
    public RetryPolicy withBackoff(Duration initial, Duration max) {
        return new RetryPolicy(maxAttempts, initial, max, jitter, notRetryable);
    }

    /**
     * With another jitter.
     *
     * @param share 0 to 1
     * @return a copy
     */
    public RetryPolicy withJitter(double share) {
        return new RetryPolicy(maxAttempts, initialDelay, maxDelay, share, notRetryable);
    }

    /**
     * With exceptions that lead to the dead letters at once.
     *
     * @param exceptions the classes, in place of those given before
     * @return a copy
     */
    public RetryPolicy notRetrying(Set<Class<? extends Throwable>> exceptions) {
        return new RetryPolicy(maxAttempts, initialDelay, maxDelay, jitter, exceptions);
    }

    /**
     * Whether another attempt follows.
     *
     * @param attempt the attempt that failed, counted from 1
     * @param failure what it failed with
     * @return false if the attempts are used up or the failure cannot be mended
     */
    public boolean retries(int attempt, Throwable failure) {
        return attempt < maxAttempts && !isNotRetryable(failure);
    }

    /**
     * Whether an exception is one that no retry can mend.
     *
     * @param failure what an attempt failed with
     * @return true if its class, or a superclass of it, was declared so
     */
    public boolean isNotRetryable(Throwable failure) {
        return notRetryable.stream().anyMatch(type -> type.isInstance(failure));
    }

    /**
     * The pause before the next attempt.
     *
     * @param attempt the attempt that failed, counted from 1
     * @param random where the jitter comes from
     * @return at least zero, at most {@code maxDelay}
     */
    public Duration delayAfter(int attempt, RandomGenerator random) {
        double longest = (double) maxDelay.toNanos();
        double capped = Math.min((double) initialDelay.toNanos() * Math.pow(2, attempt - 1), longest);
        double varied = jitter == 0 ? capped : capped * (1 + random.nextDouble(-jitter, jitter));
        return Duration.ofNanos((long) Math.min(varied, longest));
    }

    private static void require(boolean good, String name, Object value, String expected) {
        if (!good) {
            throw new IllegalArgumentException(name + " is " + value + "; expected " + expected);
        }
    }
}
