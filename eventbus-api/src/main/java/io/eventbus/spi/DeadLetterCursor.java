package io.eventbus.spi;

import java.util.List;

/** One pass over the dead letters of a group, oldest first. Used by one thread at a time. */
public interface DeadLetterCursor extends AutoCloseable {

    /**
     * The next dead letters of this pass.
     *
     * @param max how many at most, above zero
     * @return in the order in which they were stored; empty at the end
     * @throws TransportException if the broker does not answer
     */
    List<Message> next(int max);

    /**
     * Removes one dead letter for good, before this method returns.
     *
     * @param deadLetter an object that the last call of {@link #next} of this cursor returned; earlier ones may be forgotten
     * @throws TransportException if the broker does not answer
     */
    void remove(Message deadLetter);

    /** Gives back what was not removed, in its order. Idempotent; throws nothing. */
    @Override
    void close();
}
