package io.eventbus;

import java.util.List;

/**
 * The dead letters of the bus's group. Thread-safe; every method asks the broker and blocks until it answers, and throws
 * {@link BrokerException} if it does not.
 *
 * <p>On a broker that hands a dead letter to one reader at a time (RabbitMQ), two that read at once may each see a part.
 */
public interface DeadLetters {

    /**
     * How many there are.
     *
     * @return zero or more
     */
    long count();

    /**
     * The oldest dead letters. They stay where they are.
     *
     * @param limit how many at most, above zero
     * @return oldest first
     */
    List<DeadLetter> list(int limit);

    /**
     * Gives an event to the group again, and to no other, with its id and headers and attempts counted from 1. The dead
     * letter is removed after the broker has accepted the event: a crash in between leaves both, and loses none.
     *
     * @param eventId the event's id
     * @return false if there is no such dead letter
     * @throws PublishException if the broker did not accept the event; the dead letter stays
     */
    boolean replay(String eventId);

    /**
     * Replays every dead letter that is there now, oldest first.
     *
     * @return how many
     * @throws PublishException if the broker did not accept one; it and the later ones stay
     */
    int replayAll();

    /**
     * Removes all.
     *
     * @return how many
     */
    long purge();
}
