package io.eventbus.tck.history;

import io.eventbus.spi.Group;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Decides whether what happened was allowed. Immutable and thread-safe; the {@code with…} methods return changed copies.
 *
 * <p>Before its history is taken, a test heals all faults, awaits a fence in every lane, and lets the group drain: what is not
 * settled by then counts as lost.
 *
 * @param seed the seed of the scenario; it is only printed
 * @param keyOrderAcrossMembers whether order per key and mutual exclusion are expected across the members of a group, as a
 *     transport with the capability GROUP_KEY_ORDER promises. Otherwise order is expected of groups that never had two members
 *     at once, and mutual exclusion within each member
 * @param faultReach how long after a fault, or its healing, an event may still be handled that will be handled again: the time
 *     in which both sides notice
 * @param settling how long before a fault an event may have been handled whose acknowledgement the fault takes away
 * @param counters what the buses say about their groups, to be compared; a group with a member that crashed is left out, since
 *     its figures are gone
 * @param reachability what the scenario was made for
 */
public record HistoryChecker(
        long seed,
        boolean keyOrderAcrossMembers,
        Duration faultReach,
        Duration settling,
        Map<Group, Counters> counters,
        List<Reachability> reachability) {

    /** How far faults reach unless said otherwise. */
    public static final Duration DEFAULT_FAULT_REACH = Duration.ofSeconds(1);

    /** How long acknowledgements may take unless said otherwise: as long as they like. */
    public static final Duration DEFAULT_SETTLING = Duration.ofDays(1);

    /** Copies the collections. */
    public HistoryChecker {
        counters = Map.copyOf(counters);
        reachability = List.copyOf(reachability);
    }

    /**
     * Makes a checker that expects order within each member, compares no counters and needs nothing reached.
     *
     * @param seed the seed of the scenario
     * @return the checker
     */
    public static HistoryChecker withSeed(long seed) {
        return new HistoryChecker(seed, false, DEFAULT_FAULT_REACH, DEFAULT_SETTLING, Map.of(), List.of());
    }

    /** {@return a checker that expects order per key and mutual exclusion across the members of a group} */
    public HistoryChecker withKeyOrderAcrossMembers() {
        return new HistoryChecker(seed, true, faultReach, settling, counters, reachability);
    }

    /**
     * Sets how long after a fault, or its healing, it still explains.
     *
     * @param reach the time in which both sides notice
     * @return a checker with this reach
     */
    public HistoryChecker withFaultReach(Duration reach) {
        return new HistoryChecker(seed, keyOrderAcrossMembers, reach, settling, counters, reachability);
    }

    /**
     * Sets how long an acknowledgement takes at most while nothing is broken.
     *
     * @param time an event that was handled longer before a fault is not handled again because of it
     * @return a checker with this time
     */
    public HistoryChecker withSettling(Duration time) {
        return new HistoryChecker(seed, keyOrderAcrossMembers, faultReach, time, counters, reachability);
    }

    /**
     * Adds the counters of a group, taken when the history was.
     *
     * @param group the group
     * @param counted what its buses say
     * @return a checker that compares them too
     */
    public HistoryChecker withCounters(Group group, Counters counted) {
        Map<Group, Counters> more = new LinkedHashMap<>(counters);
        more.put(group, counted);
        return new HistoryChecker(seed, keyOrderAcrossMembers, faultReach, settling, more, reachability);
    }

    /**
     * Adds something that the scenario was made for.
     *
     * @param condition what must have been reached
     * @return a checker that wants it too
     */
    public HistoryChecker mustReach(Reachability condition) {
        List<Reachability> more = new ArrayList<>(reachability);
        more.add(condition);
        return new HistoryChecker(seed, keyOrderAcrossMembers, faultReach, settling, counters, more);
    }

    /**
     * Makes all checks. A violation counts also where the scenario was not reached.
     *
     * @param history what happened
     * @return violations if there are any, else what was missed if anything was, else that the history is sound
     */
    public Judgement check(History history) {
        List<Violation> violations = violations(history);
        List<String> missed = reachability.stream()
                .filter(condition -> !condition.reached().test(history))
                .map(Reachability::name)
                .toList();
        if (!violations.isEmpty()) {
            return new Judgement.Violated(seed, violations);
        }
        return missed.isEmpty() ? new Judgement.Sound(seed) : new Judgement.Unreached(seed, missed);
    }

    /**
     * Tells how much the check for repeats can see: a history full of faults explains almost any.
     *
     * @param history the history
     * @return how many events, of those handled with success in a group, could not come again right after without a violation
     */
    public long exposed(History history) {
        Faults faults = new Faults(history, new Membership(history), faultReach, settling);
        return new ExplainedDuplicates(new Timeline(history), faults).exposed();
    }

    private List<Violation> violations(History history) {
        Timeline timeline = new Timeline(history);
        Membership membership = new Membership(history);
        Faults faults = new Faults(history, membership, faultReach, settling);
        return Stream.of(
                        new NoLoss(timeline).violations(),
                        new NoPhantom(timeline).violations(),
                        new ExplainedDuplicates(timeline, faults).violations(),
                        new OrderPerKey(timeline, membership, faults, keyOrderAcrossMembers).violations(),
                        new MutualExclusion(timeline, faults, keyOrderAcrossMembers).violations(),
                        new Balance(timeline, counters).violations())
                .flatMap(List::stream)
                .toList();
    }
}
