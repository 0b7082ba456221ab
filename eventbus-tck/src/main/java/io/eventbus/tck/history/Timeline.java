package io.eventbus.tck.history;

import io.eventbus.spi.Group;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A history sorted by event and by group. Not changed once made. */
final class Timeline {

    private final Map<String, List<Publication>> publications = new LinkedHashMap<>();
    private final Map<Group, Map<String, Passage>> passages = new LinkedHashMap<>();
    private final Map<Group, HistoryRecord> ready = new LinkedHashMap<>();

    Timeline(History history) {
        history.records().forEach(this::add);
    }

    private void add(HistoryRecord record) {
        switch (record.op()) {
            case PUBLISH_INVOKE -> publications(record.id()).add(new Publication(record, null));
            case PUBLISH_RETURN -> complete(record);
            case READY -> ready.putIfAbsent(groupOf(record), record);
            case HANDLE_START, HANDLE_END, ACK, DEAD_LETTER, DISCARD, FILTER, REPLAY ->
                passage(record).add(record);
            case JOIN, LEAVE, CRASH, CUT, SILENCE, RESTART, HEAL -> {}
        }
    }

    private List<Publication> publications(String id) {
        return publications.computeIfAbsent(id, unused -> new ArrayList<>(1));
    }

    private void complete(HistoryRecord end) {
        List<Publication> ofEvent = publications(end.id());
        for (int i = 0; i < ofEvent.size(); i++) {
            Publication publication = ofEvent.get(i);
            if (publication.returned() == null
                    && publication.invoked().instance().equals(end.instance())) {
                ofEvent.set(i, publication.returnedBy(end));
                return;
            }
        }
    }

    private Passage passage(HistoryRecord record) {
        Group group = groupOf(record);
        return passages.computeIfAbsent(group, unused -> new LinkedHashMap<>())
                .computeIfAbsent(record.id(), id -> new Passage(group, id));
    }

    static Group groupOf(HistoryRecord record) {
        return new Group(record.topic(), record.group());
    }

    /** The publishes of each event, in the order of their calls. */
    Collection<List<Publication>> events() {
        return publications.values();
    }

    List<Publication> publicationsOf(String id) {
        return publications.getOrDefault(id, List.of());
    }

    /** The groups that were ready at some time, with the line that says so first. */
    Map<Group, HistoryRecord> readyGroups() {
        return ready;
    }

    /** The groups in which an event was handled or settled. */
    Set<Group> activeGroups() {
        return passages.keySet();
    }

    Collection<Passage> passagesIn(Group group) {
        return passages.getOrDefault(group, Map.of()).values();
    }

    Stream<Handling> handlings() {
        return passages.values().stream()
                .flatMap(inGroup -> inGroup.values().stream())
                .flatMap(passage -> passage.handlings().stream());
    }

    /** What happened to the event in the group; empty if nothing. */
    Passage passage(Group group, String id) {
        Passage passage = passages.getOrDefault(group, Map.of()).get(id);
        return passage == null ? new Passage(group, id) : passage;
    }

    /** Whether the group must get the event because of this publish. */
    boolean owes(Publication publication, Group group) {
        HistoryRecord since = ready.get(group);
        return publication.accepted()
                && publication.invoked().topic().equals(group.topic())
                && since != null
                && since.seq() < publication.invoked().seq();
    }
}
