package io.eventbus.tck;

import io.eventbus.BatchPublishException;
import io.eventbus.EventBus;
import io.eventbus.PublishException;
import io.eventbus.PublishOutcome;
import io.eventbus.spi.TransportException;
import io.eventbus.tck.history.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Translates how a publish ended into the words of a history. What is no {@link PublishException} is thrown on. */
public final class PublishedOutcome {

    private PublishedOutcome() {}

    static Outcome of(Runnable publish) {
        try {
            publish.run();
            return Outcome.ACCEPTED;
        } catch (PublishException e) {
            return of(e);
        }
    }

    static List<Outcome> of(EventBus bus, List<?> events) {
        try {
            bus.publish(events);
            return events.stream().map(event -> Outcome.ACCEPTED).toList();
        } catch (BatchPublishException e) {
            return e.outcomes().stream()
                    .map(PublishOutcome::failure)
                    .map(PublishedOutcome::of)
                    .toList();
        }
    }

    /**
     * Translates a failure.
     *
     * @param failure what a publish failed with, or null if it did not
     * @return accepted, not accepted or unknown
     */
    public static Outcome of(@Nullable Throwable failure) {
        if (failure == null) {
            return Outcome.ACCEPTED;
        }
        boolean refused =
                failure instanceof PublishException e && e.outcome() == TransportException.Outcome.NOT_ACCEPTED;
        return refused ? Outcome.NOT_ACCEPTED : Outcome.UNKNOWN;
    }
}
