package io.eventbus.tck.broken;

import io.eventbus.spi.TransportProvider;
import io.eventbus.tck.Environment;
import io.eventbus.tck.TransportHarness;
import io.eventbus.tck.code.wild.WildProvider;
import java.util.Optional;
import java.util.Set;

/** What can be wrong with a transport, and the rules that must find it out. */
public enum TransportMutant implements TransportHarness {
    /** Nothing is wrong. */
    NONE,

    // what becomes of a message on its way
    STRING_PAYLOAD("goes through a UTF-8 string", "REG-1"),
    TRUNCATES_BIG_PAYLOAD("carries the first 64 KiB", "REG-1", "PUB-6"),
    DROPS_EMPTY_PAYLOAD("takes an empty payload for a tombstone", "REG-1"),
    DROP_HEADERS("carries no headers", "REG-2", "OBS-3"),
    LOWER_CASE_HEADERS("writes the names of headers in lower case", "REG-2"),
    TRIMS_HEADERS("trims the values of headers", "REG-2"),
    LOSES_MILLIS("carries the time in whole seconds", "REG-3"),
    LOSES_CAUSATION("drops the causation id", "REG-3", "OBS-3"),
    LOSES_VERSION("drops the schema version", "REG-3"),
    OWN_IDS("gives each message an id of its own", "REG-3"),
    SIMPLE_NAMES("carries the last word of the type's name alone", "REG-4"),
    MIXES_CONTENT("sends every fiftieth message with the body of the one before", "CON-1", "SUB-2"),
    REFERENCE_PASSING("hands the same bytes to all", "SUB-5"),

    // sending
    FIRE_AND_FORGET("says that a message is stored before it is", "PUB-1"),
    REVERSES_BURSTS("stores the messages of a burst backwards", "ORD-1", "PUB-7"),
    LIES_NOT_ACCEPTED("reports every tenth stored message as not accepted", "PUB-3", "PUB-7", "FLT-7"),
    REFUSES_MAXIMUM("refuses a payload of just the declared maximum", "PUB-6"),
    LAGGING_SESSIONS("stores what every other session sends a moment after it has said so", "ORD-2"),
    NEEDS_A_GROUP("refuses what nobody listens to", "PUB-5"),
    SWALLOWS_WHEN_FULL("says that it has stored what it has no room for", "PUB-2"),
    FULL_WITHOUT_A_WORD("gives no reason when it has no room", "PUB-2"),
    STAYS_FULL("takes nothing any more once it was full", "PUB-2"),
    SENDS_AFTER_HANDLING("sends nothing while a handler runs", "SUB-6"),
    DROPS_UNROUTED("drops messages without a routing key", "RTE-1"),

    // groups and their queues
    EARLY_READY("is ready a second before its group gets anything", "SUB-1"),
    EARLIEST_BY_DEFAULT("gives a new group what was sent before", "GRP-4", "PUB-5"),
    FORGETS_BACKLOG("drops a group with its last member", "GRP-3", "SUB-7"),
    ADMITS_NO_SUCCESSOR("lets nobody into a group that a member has left", "GRP-3", "FLT-7"),
    EPHEMERAL_LEAKS("keeps ephemeral groups for ever", "GRP-7"),
    EPHEMERAL_COMPETE("puts the ephemeral subscribers of a topic into one group", "GRP-7"),
    PREFIX_TOPICS("gives a topic what is sent to topics that its name begins", "SUB-3"),
    MERGES_NAMES("writes all that is no letter and no digit as _", "GRP-8", "SEC-5"),
    MERGES_CASE("writes names in lower case", "GRP-8"),
    JOINS_NAMES("joins topic and group by a colon", "GRP-8"),
    COPY_PER_MEMBER("stores a copy for each member", "GRP-1"),
    COPY_PER_PATTERN("stores a copy for each pattern that matches", "RTE-5"),
    GATED_BY_SLOWEST("lets no group get far ahead of another", "GRP-2"),
    CLOSES_OTHERS("closes all buses with one", "DSC-5"),

    // the network
    NETWORKED("nothing is wrong, and there is a network"),
    GIVES_UP("opens nothing any more once a connection has ended", "FLT-1", "OBS-2"),
    RUSHES("tries to connect for a second without a pause", "FLT-1"),
    TAKES_SILENCE_FOR_YES("says that a message is stored when the connection ends before the answer", "FLT-2"),
    TAKES_SILENCE_FOR_NO("says that a message is not stored when the connection ends before the answer", "PUB-3"),
    SENDS_INTO_SILENCE_AGAIN("has a message sent again when the connection ends before the answer", "PUB-3"),
    LOSES_AT_CUT("settles what a member has when its connection ends", "FLT-3", "ORD-5"),
    IGNORES_HANG_UPS("keeps what a member had whose connection has ended", "FLT-3"),
    FORGETS_ACKS_AT_CUT("gives what a member has settled to its group again when its connection ends", "FLT-3"),
    STALE_ACK_HARMS("ends the session of a member that settles what came by the one before", "ACK-8"),
    NEVER_NOTICES("waits for an answer for ever", "FLT-4", "OBS-2"),
    TAKES_SLOW_FOR_SILENT("waits a twentieth of a second for an answer", "FLT-4"),
    TRUSTS_ANY_HOST("takes a certificate for that of its broker, whose host it is not for", "SEC-1"),
    OPENING_HANGS("waits for the first answer for ever, whoever closes the transport", "LIF-5"),

    // delivery and settlement
    ACK_BEFORE_HANDLE("settles what it hands over", "ACK-1", "ACK-3", "FLT-7"),
    LOSE_LAST_IN_BATCH("drops the last of each fetch of more than one", "SUB-2", "PUB-7"),
    LOSE_UNDER_LOAD("drops what does not fit into its buffer", "CON-1", "SUB-2"),
    DUP_EVERY_10("delivers every tenth message twice", "SUB-2", "GRP-1", "FLT-7"),
    REDELIVERS_TO_TOPIC("gives unsettled messages to the whole topic again", "ACK-3"),
    COMMIT_PAST_FAILED("commits the highest place that was accepted", "ACK-4"),
    MULTIPLE_ACK("accepts all that came before too", "ACK-1", "ACK-4"),
    NO_FLUSH_ON_CLOSE("gathers settlements and loses the last of them", "ACK-2", "LIF-2"),
    RELEASE_SETTLES("settles what is given back", "GRP-6", "LIF-2", "RTY-5"),
    SHORT_LEASE("takes from a live member what it still handles", "SUB-2", "ACK-7"),
    TAKES_AWAY_SOON("ends the session of a member that holds something for a quarter of its limit", "ACK-7"),
    FORGETS_ACKS_AT_LEAVE("gives what a member has settled to its group again when it has left", "FLT-6", "LIF-2"),
    REWINDS_AT_JOIN("gives all that a group has settled to it again when a further member joins", "GRP-6"),
    RETURNS_BACKWARDS("puts back last first what a session had that ends", "ACK-7"),
    HANDS_BACK_LATE("gives back what a member has left only after two and a half seconds", "LIF-2"),
    OVERFILLS("hands over all that there is, however little it is asked for", "CON-5"),
    IDLES_WHEN_REMOVED("goes on waiting for a queue that is no longer there", "FLT-8"),
    STAYS_DOWN_WHEN_REMOVED(
            "says that it makes what was removed again, and lets nobody into that group any more", "FLT-8"),
    LETTERS_STAY_REMOVED("refuses dead letters once their place was removed", "FLT-8"),
    STALE_ACK_SETTLES("settles by a delivery whose session has ended", "ACK-8"),
    KEEPS_LOANS("keeps what a member had that is gone", "ACK-8", "FLT-6", "FLT-7"),
    RETURNS_TO_TAIL("puts what comes back behind all that came since", "ACK-8", "ORD-5"),
    COUNTS_NOTHING("says of every delivery that it is the first", "ACK-6"),
    COUNTS_TRIPLE("counts every further delivery three times", "ACK-6"),
    FILTERED_STAYS("does not settle what no pattern asks for", "RTE-6"),
    SHARED_DEAD_LETTERS("keeps one list of dead letters for all groups", "DLQ-4"),
    LOSES_DEAD_LETTERS("stores no dead letter and says that it did", "DLQ-1"),
    LOSES_LETTER_HEADERS("stores dead letters without their headers", "DLQ-2"),
    LOSES_LETTER_KEYS("stores dead letters without their keys", "DLQ-2", "DLQ-5"),
    READ_ONLY_LETTERS("says that it removed a dead letter, and keeps it", "DLQ-5"),
    REMOVES_OLDEST("removes the oldest dead letter, whichever is meant", "DLQ-5"),
    REMOVES_UP_TO("removes the dead letters before the one that is meant, too", "DLQ-5"),
    TAKES_LETTERS("hands out dead letters once and forgets them", "DLQ-5"),
    SHOWS_UP_TO_LARGE("ends a list of dead letters before one that is longer on its way than the others", "REG-7"),
    SHOWS_FIRST_HUNDRED("shows no more than a hundred dead letters", "DLQ-5"),
    DEDUPLICATES("drops what has an id that it has seen before", "DLQ-5", "DLQ-6"),

    // legal, however odd
    MODEST(
            "declares no capability and small limits, hands over different keys in any order, and lets nobody into a group any "
                    + "more of which something was removed, as it promises nothing else"),
    UNSURE("has a network, says of every send that fails, but for want of a right, that it may have been done, "
            + "and hands over in bursts, five times a second"),
    SLOW("opens, answers and hands over a tenth of a second late"),

    // life and description
    WILD("has code that makes threads, sleeps, and knows the kit", "DRV-1", "DRV-2"),
    UNLISTED("has a provider that the service loader does not find", "DSC-1"),
    COUNTS_EVER("says of the backlog how many messages there ever were", "OBS-5"),
    SHOWS_OPTIONS("quotes the option that it refuses", "SEC-3"),
    SILENT_IGNORE("says that it can start from the earliest event, and starts from the latest", "GRP-5"),
    CHANGES_LIMITS("carries less than it said once it is open", "DSC-2"),
    FORGETS_CLAIMS("no longer counts deliveries once it is closed, by its own words", "DSC-2"),
    CLAIMS_KEY_ORDER("says that a key keeps its order across members, which share one queue", "DSC-3"),
    CLAIMS_DURABLE("says that messages survive a restart, and keeps them in memory", "FLT-5"),
    LETS_ANYONE_IN("opens sessions for whoever asks", "SEC-2"),
    SWALLOWS_REFUSALS("says that it has stored what its user has no right to send", "SEC-2"),
    CLOSING_THROWS("throws when a receiver is closed", "LIF-1"),
    LEAK_THREAD("leaves a thread behind for each session", "LIF-4"),

    // null transports
    DELIVERS_NOTHING("accepts everything and delivers nothing"),
    DELIVERS_FIRST_ONLY("delivers the first message of each group and no other"),
    OPENING_THROWS("can open nothing"),
    SESSIONS_THROW("opens sessions whose every call throws"),
    NEVER_READY("never gets a receiver ready");

    private final String defect;

    @SuppressWarnings("ImmutableEnumChecker") // cannot be modified
    private final Set<String> caughtBy;

    TransportMutant() {
        this("nothing is wrong");
    }

    TransportMutant(String defect, String... caughtBy) {
        this.defect = defect;
        this.caughtBy = Set.of(caughtBy);
    }

    /** {@return what it does} */
    public String defect() {
        return defect;
    }

    /** {@return the rules of which each must reject it; empty for what has no defect, or {@link #isNull}} */
    public Set<String> caughtBy() {
        return caughtBy;
    }

    /** {@return whether it is reached by a network, which can break} */
    public boolean hasNetwork() {
        return isNull() || this == UNSURE || (compareTo(NETWORKED) >= 0 && compareTo(OPENING_HANGS) <= 0);
    }

    /** {@return whether it has to know what a member has settled} */
    boolean forgetsSettlements() {
        return this == FORGETS_ACKS_AT_CUT || this == FORGETS_ACKS_AT_LEAVE || this == REWINDS_AT_JOIN;
    }

    /** {@return what it was made from} */
    public TransportMutant copy() {
        return hasNetwork() ? NETWORKED : NONE;
    }

    /** {@return whether it does all that is asked of a transport, but oddly} */
    public boolean isOdd() {
        return compareTo(MODEST) >= 0 && compareTo(SLOW) <= 0;
    }

    /** {@return whether it is a transport that does nothing, or next to nothing} */
    public boolean isNull() {
        return compareTo(DELIVERS_NOTHING) >= 0;
    }

    @Override
    public String transport() {
        return BreakableProvider.NAME;
    }

    @Override
    public TransportProvider provider() {
        return switch (this) {
            case UNLISTED -> new UnlistedProvider();
            case WILD -> new WildProvider();
            default -> new BreakableProvider();
        };
    }

    @Override
    public Environment start() {
        return new BreakableEnvironment(this);
    }

    @Override
    public Optional<Environment> startAlone() {
        return Optional.of(new BreakableEnvironment(this));
    }
}
