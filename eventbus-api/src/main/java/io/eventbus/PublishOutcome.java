package io.eventbus;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of one event of a list.
 *
 * @param eventId the event's id
 * @param failure why it was not accepted for sure, or null if it was
 */
public record PublishOutcome(String eventId, @Nullable PublishException failure) {

    /**
     * Whether the broker has taken the event.
     *
     * @return true if it is accepted
     */
    public boolean accepted() {
        return failure == null;
    }

    /**
     * Why not.
     *
     * @return empty if the event is accepted
     */
    public Optional<PublishException> problem() {
        return Optional.ofNullable(failure);
    }
}
