package io.eventbus.tck.history;

import io.eventbus.spi.Group;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who was a member of which group, and from when to when. Not changed once made. */
final class Membership {

    private static final long STAYS = Long.MAX_VALUE;

    private final Map<Group, List<Stay>> stays = new HashMap<>();

    Membership(History history) {
        history.records().forEach(this::add);
    }

    private void add(HistoryRecord record) {
        switch (record.op()) {
            case JOIN, READY -> enter(record);
            case HANDLE_START -> enterUnannounced(record);
            case LEAVE -> end(record, in(Timeline.groupOf(record)));
            case CRASH -> stays.values().forEach(inGroup -> end(record, inGroup));
            default -> {}
        }
    }

    private void enter(HistoryRecord record) {
        List<Stay> inGroup = in(Timeline.groupOf(record));
        if (inGroup.stream().noneMatch(stay -> stay.isOf(record) && stay.until == STAYS)) {
            inGroup.add(new Stay(record.instance(), record.seq(), STAYS));
        }
    }

    /** A handler that still runs after a crash or a leave does not make a new member. */
    private void enterUnannounced(HistoryRecord record) {
        if (in(Timeline.groupOf(record)).stream().noneMatch(stay -> stay.isOf(record))) {
            enter(record);
        }
    }

    private static void end(HistoryRecord record, List<Stay> inGroup) {
        inGroup.replaceAll(stay -> stay.isOf(record) && stay.until == STAYS ? stay.endingAt(record.seq()) : stay);
    }

    private List<Stay> in(Group group) {
        return stays.computeIfAbsent(group, unused -> new ArrayList<>());
    }

    /** Whether the group never had two members at once. */
    boolean alone(Group group) {
        List<Stay> inGroup = stays.getOrDefault(group, List.of());
        return inGroup.stream().allMatch(stay -> inGroup.stream().noneMatch(stay::overlaps));
    }

    boolean wasMember(String instance, Group group) {
        return stays.getOrDefault(group, List.of()).stream().anyMatch(stay -> stay.instance.equals(instance));
    }

    /** Whether someone else was a member when this line was recorded. */
    boolean hasOthers(HistoryRecord record) {
        return stays.getOrDefault(Timeline.groupOf(record), List.of()).stream()
                .anyMatch(stay -> stay.from < record.seq() && record.seq() < stay.until);
    }

    private record Stay(String instance, long from, long until) {

        boolean isOf(HistoryRecord record) {
            return instance.equals(record.instance());
        }

        Stay endingAt(long seq) {
            return new Stay(instance, from, seq);
        }

        boolean overlaps(Stay other) {
            return from < other.from && other.from < until;
        }
    }
}
