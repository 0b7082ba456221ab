package io.eventbus.tck.broken;

import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one connection asks of a broker in the same JVM. Only the number of the mailbox and a ring for each letter go over the
 * network, so nothing has to be encoded, and nothing happens that the network has not let through.
 */
final class Mailbox {

    /** What stands on the wire for a letter, and for its answer. */
    static final int RING = 1;

    /** What stands on the wire when the broker looks whether anybody is there. */
    static final int NOTHING = 0;

    private static final Map<Long, Mailbox> UNCLAIMED = new ConcurrentHashMap<>();
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final long number = NUMBERS.incrementAndGet();
    private final Queue<Runnable> letters = new ConcurrentLinkedQueue<>();
    private final Runnable atEnd;

    /** @param atEnd what the broker does when it sees the end of the connection */
    Mailbox(Runnable atEnd) {
        this.atEnd = atEnd;
    }

    /** Lets the broker find it; who does so {@link #remove}s it. */
    long offer() {
        UNCLAIMED.put(number, this);
        return number;
    }

    /** The broker's side; at most once. */
    static Optional<Mailbox> claim(long number) {
        return Optional.ofNullable(UNCLAIMED.remove(number));
    }

    void remove() {
        UNCLAIMED.remove(number);
    }

    void put(Runnable letter) {
        letters.add(letter);
    }

    /** The broker's side: does what the next letter says; false if there is none. */
    boolean openNext() {
        Runnable letter = letters.poll();
        if (letter != null) {
            letter.run();
        }
        return letter != null;
    }

    /** The broker's side: nobody rings any more. */
    void hangUp() {
        atEnd.run();
    }
}
