package io.eventbus.internal;

import io.eventbus.Health;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Judges the health from what the sessions say of themselves. Never asks the broker. */
final class HealthCheck {
    private final Parts parts;
    private final Subscriptions subscriptions;
    private final Instant builtAt = Instant.now();

    HealthCheck(Parts parts, Subscriptions subscriptions) {
        this.parts = parts;
        this.subscriptions = subscriptions;
    }

    Health health() {
        Lifecycle.State life = parts.lifecycle().state();
        if (life != Lifecycle.State.RUNNING) {
            return new Health(Health.Status.DOWN, "the bus is " + word(life), builtAt);
        }
        List<SessionState> sessions = Stream.concat(
                        Stream.of(parts.pipeline().state()),
                        subscriptions.consumers().stream().map(GroupConsumer::state))
                .toList();
        Intake intake = parts.pipeline().intake();
        String trouble = Stream.concat(
                        sessions.stream().map(SessionState::trouble),
                        Stream.of(intake).map(Intake::trouble))
                .filter(Objects::nonNull)
                .collect(Collectors.joining("; "));
        Instant since = Stream.concat(sessions.stream().map(SessionState::since), Stream.of(intake.since()))
                .max(Comparator.naturalOrder())
                .orElse(builtAt);
        return trouble.isEmpty()
                ? new Health(Health.Status.UP, paused(), since)
                : new Health(Health.Status.DOWN, trouble, since);
    }

    private String paused() {
        int paused = subscriptions.count(Registration::isPaused);
        return paused == 0 ? "" : paused + " of " + subscriptions.count(any -> true) + " subscriptions paused";
    }

    private static String word(Lifecycle.State life) {
        return switch (life) {
            case NEW -> "not started";
            case STARTING -> "starting";
            case RUNNING -> "running";
            case CLOSING, DRAINED -> "closing";
            case CLOSED -> "closed";
        };
    }
}
