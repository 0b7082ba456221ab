package io.eventbus.tck.chaos;

import io.eventbus.EventBusException;
import io.eventbus.tck.history.HistoryRecord;
import java.util.List;
import org.opentest4j.AssertionFailedError;

/** A member of the group that handles what is published. */
interface Member {

    /** Its name in the history. */
    String instance();

    Network network();

    /**
     * Returns when it is ready.
     *
     * @throws AssertionFailedError if it is not in time
     * @throws EventBusException if its bus cannot start
     */
    void awaitReady();

    /** Ends it without goodbye, and returns when it is gone. */
    void kill();

    /** Lets it leave the group in order, and returns when it has. */
    void leave();

    /** What it has written down by itself since the last call. Called by one thread. */
    List<HistoryRecord> readOn();
}
