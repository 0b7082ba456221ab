package io.eventbus.tck.history;

import java.util.Locale;

/** What is checked on a history. */
public enum Check {

    /**
     * An event that was accepted, published after the group was ready, is settled in the group: handled with success,
     * dead-lettered, discarded or filtered out.
     */
    NO_LOSS,

    /** What is handled was published before in this history with the same topic, key and content, and not refused. */
    NO_PHANTOM,

    /**
     * A second success for an event in a group has a cause: an attempt that failed, a replay, a publish with unknown outcome that
     * was tried again, or a fault while the event was not yet acknowledged. A failed attempt, a replay and a publish explain one
     * more handling each, a fault any number.
     */
    EXPLAINED_DUPLICATES,

    /**
     * First handlings of a key are in publish order, and no event is passed over; a handling goes back behind a later event only
     * after a fault or a replay. Publish order is the order of calls on one thread of one bus; beyond that, an event comes before
     * those whose publish was called when its own had completed. Only events that were published once, with success, have an
     * order. Where order is not promised across members, a silence while an event waited excuses that later ones went ahead: it is a
     * change of members.
     */
    ORDER_PER_KEY,

    /** Handlings of one key do not overlap. */
    MUTUAL_EXCLUSION,

    /** The counters of the bus agree with each other and with the history. */
    BALANCE,

    /** The history has what the scenario was made for. */
    REACHABILITY;

    /** {@return the check's name as a report shows it} */
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
