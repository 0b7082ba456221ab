package io.eventbus.tck.history;

import io.eventbus.spi.Group;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The changes and failures of a history that explain why an event is handled again. Each reaches from its line to its end: the
 * next heal, and a while beyond, since neither side notices at once; for a join, the new member's being ready. What a crashed bus
 * itself still does, the crash explains for ever.
 */
final class Faults {

    private static final long FOR_EVER = Long.MAX_VALUE;

    private final History history;
    private final Membership membership;
    private final long reachNanos;
    private final long settlingNanos;
    private final List<Fault> faults;

    Faults(History history, Membership membership, Duration reach, Duration settling) {
        this.history = history;
        this.membership = membership;
        this.reachNanos = reach.toNanos();
        this.settlingNanos = settling.toNanos();
        this.faults = history.records().stream()
                .map(this::faultAt)
                .filter(Objects::nonNull)
                .toList();
    }

    private @Nullable Fault faultAt(HistoryRecord record) {
        return switch (record.op()) {
            case CUT, SILENCE, RESTART -> new Fault(record, healedAfter(record));
            case CRASH, LEAVE -> new Fault(record, record.time() + reachNanos);
            // The first member of a group takes nothing from anybody.
            case JOIN -> membership.hasOthers(record) ? new Fault(record, readyAfter(record)) : null;
            default -> null;
        };
    }

    private long healedAfter(HistoryRecord fault) {
        return after(fault)
                .filter(record -> record.op() == Op.HEAL && record.instance().equals(fault.instance()))
                .findFirst()
                .map(heal -> heal.time() + reachNanos)
                .orElse(FOR_EVER);
    }

    private long readyAfter(HistoryRecord join) {
        return after(join)
                .filter(record -> record.op() == Op.READY && record.instance().equals(join.instance()))
                .filter(record -> Timeline.groupOf(record).equals(Timeline.groupOf(join)))
                .findFirst()
                .map(HistoryRecord::time)
                .orElse(FOR_EVER);
    }

    private Stream<HistoryRecord> after(HistoryRecord record) {
        List<HistoryRecord> all = history.records();
        return all.subList((int) record.seq() + 1, all.size()).stream();
    }

    /** Whether a fault explains that what the group started to handle at one line is no longer exclusive at the other. */
    boolean between(Group group, HistoryRecord first, HistoryRecord next) {
        return faults.stream().anyMatch(fault -> fault.isBetween(first, next) && hits(fault.begin(), group));
    }

    /**
     * Whether a silence came between: until the broker has noticed, it takes a bus that opens its next session for a further
     * member, and gives it what comes after that which the silent session holds.
     */
    boolean silenceBetween(Group group, HistoryRecord first, HistoryRecord next) {
        return faults.stream()
                .anyMatch(fault ->
                        fault.begin().op() == Op.SILENCE && fault.isBetween(first, next) && hits(fault.begin(), group));
    }

    /** Whether a fault explains that an event is handled again, because its acknowledgement may have been lost. */
    boolean explainRepeat(Passage passage, HistoryRecord next) {
        HistoryRecord first = passage.handlings().get(0).start();
        return faults.stream()
                .anyMatch(fault -> fault.isBetween(first, next)
                        && hits(fault.begin(), passage.group())
                        && !isAcknowledged(passage, fault.begin())
                        && !isSettled(passage, fault.begin(), next));
    }

    /** Whether the last success before the repeat was so long before the fault that its acknowledgement had got through. */
    private boolean isSettled(Passage passage, HistoryRecord fault, HistoryRecord next) {
        return passage.records().stream()
                .filter(record -> record.outcome() == Outcome.SUCCESS && record.seq() < next.seq())
                .reduce((earlier, later) -> later)
                .filter(success -> fault.time() - success.time() > settlingNanos)
                .isPresent();
    }

    private boolean hits(HistoryRecord fault, Group group) {
        return switch (fault.op()) {
            case CRASH -> membership.wasMember(fault.instance(), group);
            case LEAVE, JOIN -> Timeline.groupOf(fault).equals(group);
            default -> fault.instance().isEmpty() || membership.wasMember(fault.instance(), group);
        };
    }

    /** An orderly leave keeps the acknowledgements of what the leaving member had handled. */
    private static boolean isAcknowledged(Passage passage, HistoryRecord fault) {
        return passage.records().stream()
                .filter(record -> record.seq() < fault.seq())
                .anyMatch(record -> record.op() == Op.ACK || isKeptBy(fault, record));
    }

    private static boolean isKeptBy(HistoryRecord fault, HistoryRecord record) {
        return fault.op() == Op.LEAVE
                && record.outcome() == Outcome.SUCCESS
                && record.instance().equals(fault.instance());
    }

    private record Fault(HistoryRecord begin, long end) {

        boolean isBetween(HistoryRecord first, HistoryRecord next) {
            return begin.seq() < next.seq() && (first.time() <= end || isOfTheDead(first));
        }

        /** What a bus does that has crashed gets nowhere, however late it notices. */
        private boolean isOfTheDead(HistoryRecord record) {
            return begin.op() == Op.CRASH && record.instance().equals(begin.instance());
        }
    }
}
