package io.eventbus;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The dead letters of the bus's group. Thread-safe. Every method asks the broker, works on the calling thread, and blocks until
 * it is done; it throws {@link BrokerException} if the broker does not answer, and {@link BusClosedException} if the bus is
 * closed. An interrupt or the close of the bus ends the methods that go through many letters between two of them.
 *
 * <p>A letter is called by the id of its event. One that came without an id, from a foreign hand, has one that is made from its
 * content. Should several letters have the same id, the methods for one letter take the first that the broker shows.
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
     * How many fit. Reads all, unless all are meant.
     *
     * @param filter which are meant
     * @return zero or more
     */
    long count(DeadLetterFilter filter);

    /**
     * The first dead letters. They stay where they are.
     *
     * @param limit how many at most, above zero
     * @return those that failed first come first
     */
    default List<DeadLetter> list(int limit) {
        return list(DeadLetterFilter.all(), limit, null).letters();
    }

    /**
     * A page of dead letters, in the order of their last failure. They stay where they are. Whoever follows the marks sees every
     * letter that is there all the while exactly once, whatever is replayed, removed or added meanwhile.
     *
     * <p>Each page reads all letters and keeps no more than it holds: pages are for people. For everything at once, in one
     * pass, there is {@link #exportTo}.
     *
     * @param filter which are meant
     * @param limit how many at most, above zero
     * @param mark {@link DeadLetterPage#next()} of the page before, or null for the first page
     * @return the page
     * @throws IllegalArgumentException if the mark is not from a page
     */
    DeadLetterPage list(DeadLetterFilter filter, int limit, @Nullable String mark);

    /**
     * One dead letter, which stays where it is.
     *
     * @param eventId the event's id
     * @return the letter; empty if there is none
     */
    Optional<DeadLetter> find(String eventId);

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
     * Gives an event to the group again with other content. It keeps its id, unless the edit gives it another: it is the same
     * event, corrected, and the handlers that failed have not recorded the id. What the edit does not touch stays as it was.
     *
     * @param eventId the event's id
     * @param edit gets the event as it was delivered, returns what is given to the group: by {@code withKey}, {@code
     *     withHeaders}, {@code withId} and so on, or {@code new Event<>(new RawEvent(…), event.metadata())} for another type,
     *     content type or body
     * @return false if there is no such dead letter
     * @throws InvalidEventException if the transport cannot carry the edited event; nothing was sent, the dead letter stays
     * @throws PublishException if the broker did not accept the event; the dead letter stays
     */
    boolean replayEdited(String eventId, UnaryOperator<Event<RawEvent>> edit);

    /**
     * Replays the dead letters that fit and are there now, each as {@link #replay(String)} does, in the order in which the broker
     * keeps them. One that fails again meanwhile becomes a dead letter again and stays.
     *
     * @param filter which are meant
     * @param options how
     * @return how many were replayed; in a dry run, how many would be
     * @throws PublishException if the broker did not accept one; it and those that were not replayed before it stay
     */
    long replay(DeadLetterFilter filter, ReplayOptions options);

    /**
     * Replays every dead letter that is there now.
     *
     * @return how many
     * @throws PublishException as {@link #replay(DeadLetterFilter, ReplayOptions)}
     */
    default long replayAll() {
        return replay(DeadLetterFilter.all(), ReplayOptions.defaults());
    }

    /**
     * Removes all, for good.
     *
     * @return how many
     */
    long purge();

    /**
     * Removes those that fit, for good.
     *
     * @param filter which are meant
     * @return how many
     */
    long purge(DeadLetterFilter filter);

    /**
     * Writes those that fit as lines of JSON, from which {@link #importFrom} makes equal ones: the message as it is on the wire,
     * its diagnosis among the attributes, the payload byte for byte. They stay where they are.
     *
     * @param lines is given each line, without its end
     * @param filter which are meant
     * @return how many
     */
    long exportTo(Consumer<String> lines, DeadLetterFilter filter);

    /**
     * Puts exported dead letters into the group's, which has to exist, behind those that are there. Importing the same lines twice
     * makes two of each.
     *
     * @param lines what {@link #exportTo} wrote, for this group or another; empty lines are skipped
     * @return how many letters
     * @throws DeadLetterFormatException if a line is none; those before it are imported
     * @throws PublishException if the broker did not accept one; what becomes of the 100 that were sent with it is not told
     */
    long importFrom(Iterator<String> lines);
}
