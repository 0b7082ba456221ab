package io.eventbus.tck.chaos;

import io.eventbus.tck.history.History;
import io.eventbus.tck.history.HistoryRecord;
import io.eventbus.tck.history.Op;
import io.eventbus.tck.history.Outcome;

/**
 * What came of a scenario, in figures.
 *
 * @param attempted publishes that were called, those of fences included
 * @param accepted publishes that were accepted
 * @param notAccepted publishes that were refused for sure
 * @param unknown publishes with unknown outcome
 * @param handled different events that were handled with success
 * @param exposed events handled with success that could not have come again right after without a violation: what faults
 *     leave unexplained, which says how much the verdict on repeats is worth
 * @param duplicates handlings with success of events that had been handled with success before
 * @param deadLettered different events that had to fail and are among the dead letters at the end
 * @param memberKills members that were killed
 * @param brokerKills brokers that were killed
 * @param otherFaults cuts, silences and freezes
 */
public record Tally(
        long attempted,
        long accepted,
        long notAccepted,
        long unknown,
        long handled,
        long exposed,
        long duplicates,
        long deadLettered,
        long memberKills,
        long brokerKills,
        long otherFaults) {

    /** @param exposed what the checker says */
    static Tally of(History history, long exposed) {
        long successes = count(history, Op.HANDLE_END, Outcome.SUCCESS);
        long handled = history.with(Op.HANDLE_END)
                .filter(record -> record.outcome() == Outcome.SUCCESS)
                .map(HistoryRecord::id)
                .distinct()
                .count();
        return new Tally(
                history.with(Op.PUBLISH_INVOKE).count(),
                count(history, Op.PUBLISH_RETURN, Outcome.ACCEPTED),
                count(history, Op.PUBLISH_RETURN, Outcome.NOT_ACCEPTED),
                count(history, Op.PUBLISH_RETURN, Outcome.UNKNOWN),
                handled,
                exposed,
                successes - handled,
                history.with(Op.DEAD_LETTER).map(HistoryRecord::id).distinct().count(),
                history.with(Op.CRASH).count(),
                history.with(Op.RESTART).count(),
                history.with(Op.CUT).count() + history.with(Op.SILENCE).count());
    }

    private static long count(History history, Op op, Outcome outcome) {
        return history.with(op).filter(record -> record.outcome() == outcome).count();
    }

    /** {@return the figures on one line} */
    @Override
    public String toString() {
        return "attempted " + attempted + ", accepted " + accepted + ", not accepted " + notAccepted + ", unknown "
                + unknown + ", handled " + handled + " (a repeat of " + exposed + " would stand out), duplicates "
                + duplicates + ", dead-lettered " + deadLettered
                + "; members killed " + memberKills + ", brokers killed " + brokerKills + ", other faults "
                + otherFaults;
    }
}
