package io.eventbus;

import java.util.List;

/** Some events of a list were not published, or it is not known whether they were. Says of each what became of it. */
public final class BatchPublishException extends EventBusException {
    private static final long serialVersionUID = 1L;

    /** In input order. */
    private final transient List<PublishOutcome> outcomes;

    /**
     * A failure.
     *
     * @param outcomes one for each event of the list, in its order
     */
    public BatchPublishException(List<PublishOutcome> outcomes) {
        super(
                describe(outcomes),
                outcomes.stream().flatMap(o -> o.problem().stream()).findFirst().orElse(null));
        this.outcomes = List.copyOf(outcomes);
    }

    /**
     * What became of the events.
     *
     * @return one for each event of the list, in its order
     */
    public List<PublishOutcome> outcomes() {
        return outcomes;
    }

    private static String describe(List<PublishOutcome> outcomes) {
        List<PublishOutcome> failed =
                outcomes.stream().filter(outcome -> !outcome.accepted()).toList();
        String first = failed.stream()
                .flatMap(outcome -> outcome.problem().stream())
                .map(Throwable::getMessage)
                .findFirst()
                .orElse("");
        return failed.size() + " of " + outcomes.size() + " events were not accepted, the first: " + first;
    }
}
