package io.eventbus.tck.chaos;

import java.time.Duration;

/** What a scenario causes, and how often in one of usual pace. */
public enum Trouble {

    /** The connections of a member are reset, and new ones refused for a while. */
    CUT_MEMBER(Whom.MEMBER, 15, 1),

    /** Nothing gets through to a member or from it for a while, and nothing is closed. */
    SILENCE_MEMBER(Whom.MEMBER, 30, 10),

    /** A member vanishes without goodbye, and another one takes its place. */
    KILL_MEMBER(Whom.MEMBER, 20, 0),

    /** The connections of a publisher are reset, and new ones refused for a while. */
    CUT_PUBLISHER(Whom.PUBLISHER, 10, 1),

    /** Nothing gets through to a publisher or from it for a while, and nothing is closed. */
    SILENCE_PUBLISHER(Whom.PUBLISHER, 30, 5),

    /** The broker is killed, and started again after a while. */
    KILL_BROKER(Whom.BROKER, 60, 2),

    /** The broker stops for a while, and goes on where it stood. */
    FREEZE_BROKER(Whom.BROKER, 90, 4),

    /** The handler of the next event fails twice. */
    FAIL(Whom.EVENT, 1, 0),

    /** The handler of the next event takes its time. */
    SLOW(Whom.EVENT, 2, 0),

    /** The next event can never be handled. */
    POISON(Whom.EVENT, 5, 0);

    /** Who meets with it. */
    enum Whom {
        MEMBER,
        PUBLISHER,
        BROKER,
        EVENT
    }

    private final Whom whom;
    private final Duration every;
    private final Duration longest;

    Trouble(Whom whom, int everySeconds, int longestSeconds) {
        this.whom = whom;
        this.every = Duration.ofSeconds(everySeconds);
        this.longest = Duration.ofSeconds(longestSeconds);
    }

    Whom whom() {
        return whom;
    }

    Duration every() {
        return every;
    }

    Duration longest() {
        return longest;
    }
}
