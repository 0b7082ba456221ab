package io.eventbus.tck.history;

import io.eventbus.spi.Group;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes {@link Check#NO_LOSS}. */
record NoLoss(Timeline timeline) {

    List<Violation> violations() {
        return timeline.readyGroups().entrySet().stream().flatMap(this::lostIn).toList();
    }

    private Stream<Violation> lostIn(Map.Entry<Group, HistoryRecord> ready) {
        return timeline.events().stream()
                .map(publications -> lost(publications, ready.getKey(), ready.getValue()))
                .filter(Objects::nonNull);
    }

    private @Nullable Violation lost(List<Publication> publications, Group group, HistoryRecord ready) {
        return publications.stream()
                .filter(publication -> timeline.owes(publication, group))
                .findFirst()
                .filter(publication ->
                        !timeline.passage(group, publication.invoked().id()).settled())
                .map(publication -> violation(publication, group, ready))
                .orElse(null);
    }

    private Violation violation(Publication publication, Group group, HistoryRecord ready) {
        Passage passage = timeline.passage(group, publication.invoked().id());
        String sentence = "event '" + passage.id() + "' was accepted when group '" + group.name()
                + "' was ready, and was neither handled nor dead-lettered, discarded or filtered out there";
        Stream<HistoryRecord> publish = Stream.concat(Stream.of(ready), publication.records());
        return new Violation(
                Check.NO_LOSS,
                sentence,
                Stream.concat(publish, passage.records().stream()).toList());
    }
}
