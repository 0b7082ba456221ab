package io.eventbus.tck.history;

/** What a line of a history says has happened. When to record it matters: the checks rely on it. */
public enum Op {

    /** A publish is about to be called. Recorded on the publishing thread, before the call. */
    PUBLISH_INVOKE,

    /** A publish has completed, with an {@link Outcome}. Recorded on any thread, after the completion. */
    PUBLISH_RETURN,

    /** A member is about to be started in a group. Recorded before the call. */
    JOIN,

    /** A member of a group is ready. Recorded after its start has completed. */
    READY,

    /** A member is about to leave its group in an orderly way. Recorded before the call. */
    LEAVE,

    /** A bus is about to vanish without goodbye, out of all its groups. Recorded before the crash. */
    CRASH,

    /** A handler was called. The first thing that it does. */
    HANDLE_START,

    /** A handler is done, with {@link Outcome#SUCCESS} or {@link Outcome#FAILURE}. The last thing that it does. */
    HANDLE_END,

    /** The broker is known to have the acknowledgement of an event. Seen only by tests that stand next to the broker. */
    ACK,

    /** An event was found among the dead letters of a group. */
    DEAD_LETTER,

    /** An event was dropped for a group by an explicit policy. */
    DISCARD,

    /** An event matches no selector of the group. */
    FILTER,

    /** A dead letter is about to be sent to its group again. Recorded before the call. */
    REPLAY,

    /** Connections are about to be cut. Lasts until the next {@link #HEAL}. */
    CUT,

    /** Connections are about to fall silent. Lasts until the next {@link #HEAL}. */
    SILENCE,

    /** The broker is about to be stopped and started again. Lasts until the next {@link #HEAL}. */
    RESTART,

    /** What was broken works again. Recorded after the repair. */
    HEAL
}
