package io.eventbus.tck.history;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes {@link Check#NO_PHANTOM}. */
record NoPhantom(Timeline timeline) {

    List<Violation> violations() {
        return timeline.activeGroups().stream()
                .flatMap(group -> timeline.passagesIn(group).stream())
                .map(this::phantom)
                .filter(Objects::nonNull)
                .toList();
    }

    private @Nullable Violation phantom(Passage passage) {
        return passage.handlings().stream()
                .map(handling -> phantom(passage, handling.start()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private @Nullable Violation phantom(Passage passage, HistoryRecord start) {
        List<Publication> earlier = timeline.publicationsOf(start.id()).stream()
                .filter(publication -> publication.invoked().seq() < start.seq())
                .toList();
        List<Publication> equal = earlier.stream()
                .filter(publication -> difference(publication.invoked(), start) == null)
                .toList();
        if (earlier.isEmpty()) {
            return violation(passage, "without having been published before", start, Stream.empty());
        }
        if (equal.isEmpty()) {
            Publication last = earlier.get(earlier.size() - 1);
            String how = "with " + difference(last.invoked(), start);
            return violation(passage, how, start, Stream.of(last.invoked()));
        }
        if (equal.stream().allMatch(publication -> publication.outcome() == Outcome.NOT_ACCEPTED)) {
            return violation(
                    passage,
                    "although its publish said NOT_ACCEPTED",
                    start,
                    equal.get(0).records());
        }
        return null;
    }

    private static @Nullable String difference(HistoryRecord published, HistoryRecord handled) {
        if (!published.topic().equals(handled.topic())) {
            return "topic '" + handled.topic() + "' instead of '" + published.topic() + "'";
        }
        if (!published.key().equals(handled.key())) {
            return "key '" + handled.key() + "' instead of '" + published.key() + "'";
        }
        boolean comparable =
                !published.contentHash().isEmpty() && !handled.contentHash().isEmpty();
        return comparable && !published.contentHash().equals(handled.contentHash()) ? "other content" : null;
    }

    private static Violation violation(
            Passage passage, String how, HistoryRecord start, Stream<HistoryRecord> publish) {
        String sentence = "event '" + passage.id() + "' was handled in group '"
                + passage.group().name() + "' " + how;
        return new Violation(
                Check.NO_PHANTOM,
                sentence,
                Stream.concat(publish, Stream.of(start)).toList());
    }
}
