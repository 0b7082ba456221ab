package io.eventbus;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How one subscription is handled. Immutable.
 *
 * @param name what logs, dead letters and errors call the handler, or null for the class of the handler
 * @param retry its retry policy, or null for that of the bus
 * @param handlerTimeout how long a handler may take, or null for as long as it likes. One that takes longer is
 *     interrupted (an asynchronous one: its future is cancelled, if it can be) and has failed, once it has returned
 * @param ephemeral whether it is a group of its own that gets everything from now on and leaves nothing behind: no
 *     backlog, and no dead letters, for what it cannot handle is discarded and reported
 */
public record SubscriptionOptions(
        @Nullable String name,
        @Nullable RetryPolicy retry,
        @Nullable Duration handlerTimeout,
        boolean ephemeral) {

    private static final SubscriptionOptions DEFAULTS = new SubscriptionOptions(null, null, null, false);

    /** Refuses a time-out that is not above zero, or longer than 365 days. */
    public SubscriptionOptions {
        if (handlerTimeout != null) {
            TimeSpans.positive(handlerTimeout, "handlerTimeout");
        }
    }

    /**
     * A member of the bus's group, with the retry policy of the bus and no time-out.
     *
     * @return what holds when no options are given
     */
    public static SubscriptionOptions defaults() {
        return DEFAULTS;
    }

    /**
     * With a name.
     *
     * @param handlerName for logs, dead letters and errors
     * @return a copy
     */
    public SubscriptionOptions named(String handlerName) {
        return new SubscriptionOptions(
                Objects.requireNonNull(handlerName, "handlerName"), retry, handlerTimeout, ephemeral);
    }

    /**
     * With a retry policy of its own.
     *
     * @param policy in place of that of the bus
     * @return a copy
     */
    public SubscriptionOptions withRetry(RetryPolicy policy) {
        return new SubscriptionOptions(name, Objects.requireNonNull(policy, "policy"), handlerTimeout, ephemeral);
    }

    /**
     * With a time-out.
     *
     * @param timeout how long a handler may take, above zero, at most 365 days
     * @return a copy
     */
    public SubscriptionOptions withHandlerTimeout(Duration timeout) {
        return new SubscriptionOptions(name, retry, Objects.requireNonNull(timeout, "timeout"), ephemeral);
    }

    /**
     * As a group of its own that leaves nothing behind.
     *
     * @return a copy
     */
    public SubscriptionOptions asEphemeral() {
        return new SubscriptionOptions(name, retry, handlerTimeout, true);
    }
}
