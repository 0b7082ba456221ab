package io.eventbus.tck.history;

/** How a publish or a handling ended. */
public enum Outcome {

    /** The publish completed well. */
    ACCEPTED,

    /** The publish failed, and the event will never be delivered. */
    NOT_ACCEPTED,

    /** The publish failed, and the event may be delivered. */
    UNKNOWN,

    /** The handler returned, or its stage completed. */
    SUCCESS,

    /** The handler threw, its stage failed, or the bus counts it as failed because it took too long. */
    FAILURE
}
