package io.eventbus.tck.history;

import io.eventbus.spi.Group;
import java.util.ArrayList;
import java.util.List;

/** What happened to one event in one group. Filled by {@link Timeline} and not changed afterwards. */
final class Passage {

    static final long NEVER = Long.MAX_VALUE;

    private final Group group;
    private final String id;
    private final List<HistoryRecord> records = new ArrayList<>();
    private final List<Handling> handlings = new ArrayList<>();

    Passage(Group group, String id) {
        this.group = group;
        this.id = id;
    }

    void add(HistoryRecord record) {
        records.add(record);
        if (record.op() == Op.HANDLE_START) {
            handlings.add(new Handling(record, null));
        } else if (record.op() == Op.HANDLE_END) {
            end(record);
        }
    }

    private void end(HistoryRecord record) {
        for (int i = 0; i < handlings.size(); i++) {
            if (handlings.get(i).endsWith(record)) {
                handlings.set(i, handlings.get(i).endedBy(record));
                return;
            }
        }
    }

    Group group() {
        return group;
    }

    String id() {
        return id;
    }

    /** Every line about the event in the group, in order. */
    List<HistoryRecord> records() {
        return records;
    }

    /** In the order of their starts. */
    List<Handling> handlings() {
        return handlings;
    }

    List<Handling> successes() {
        return handlings.stream().filter(Handling::succeeded).toList();
    }

    /** The number of the line of the first start, or {@link #NEVER}. */
    long firstStart() {
        return handlings.isEmpty() ? NEVER : handlings.get(0).start().seq();
    }

    boolean settled() {
        return records.stream().anyMatch(Passage::settles);
    }

    boolean settledUnhandled() {
        return records.stream().anyMatch(record -> settles(record) && record.seq() < firstStart());
    }

    long countBefore(Op op, HistoryRecord moment) {
        return records.stream()
                .filter(record -> record.op() == op && record.seq() < moment.seq())
                .count();
    }

    private static boolean settles(HistoryRecord record) {
        return switch (record.op()) {
            case DEAD_LETTER, DISCARD, FILTER -> true;
            case HANDLE_END -> record.outcome() == Outcome.SUCCESS;
            default -> false;
        };
    }
}
