package io.eventbus.inmemory;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** One member of a group: what is set aside for it and what it holds. The queue's lock guards all but the bell. */
final class Member {
    private final NavigableSet<QueuedMessage> setAside = new TreeSet<>();
    private final Set<QueuedMessage> held = new HashSet<>();

    /** Whether one that ended with a member is set aside. */
    private boolean again;

    /** How many messages may be set aside. */
    private int room;

    /** Has a permit when there may be something to fetch, and when someone wants the member's poll to end. */
    private final Semaphore bell = new Semaphore(0);

    /**
     * A member that has not polled yet.
     *
     * @param room how many messages it can be expected to ask for
     */
    Member(int room) {
        this.room = room;
    }

    /** What ended with a member is the last that is set aside at once: it may have ended it. */
    boolean hasRoom() {
        return setAside.size() < room && !again;
    }

    void setAside(QueuedMessage message) {
        setAside.add(message);
        again |= message.isRedelivery();
        ring();
    }

    /** Sets the room, and gives back what no longer fits or may come after a message that is ready. */
    void fitTo(int maxMessages, Collection<QueuedMessage> ready) {
        room = maxMessages;
        if (!ready.isEmpty()) {
            giveBackSetAside(ready);
        }
        while (setAside.size() > room) {
            ready.add(setAside.pollLast());
        }
    }

    /** Everything that is set aside is from now on held and takes up its room. */
    List<QueuedMessage> takeSetAside() {
        List<QueuedMessage> taken =
                setAside.stream().map(QueuedMessage::delivered).toList();
        setAside.clear();
        again = false;
        held.addAll(taken);
        room -= taken.size();
        if (!taken.isEmpty()) {
            bell.drainPermits();
        }
        return taken;
    }

    /** Ends the loan of a message; tells whether it was on loan in just this delivery. */
    boolean settle(QueuedMessage delivered) {
        return held.remove(delivered);
    }

    void giveBackSetAside(Collection<QueuedMessage> ready) {
        ready.addAll(setAside);
        setAside.clear();
        again = false;
    }

    void giveBack(Collection<QueuedMessage> ready) {
        giveBackSetAside(ready);
        ready.addAll(held);
        held.clear();
        ring();
    }

    /** Ends the wait in progress or, if there is none, the next one. Any thread. */
    void ring() {
        if (bell.availablePermits() == 0) {
            bell.release();
        }
    }

    /**
     * Waits for the bell. Not to be called with the queue's lock.
     *
     * @return whether it rang, or the thread was interrupted; false if the time was over
     */
    boolean awaitBell(Duration timeout) {
        try {
            boolean rang = bell.tryAcquire(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
            bell.drainPermits();
            return rang;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
