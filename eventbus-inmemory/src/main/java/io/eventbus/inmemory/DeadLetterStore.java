package io.eventbus.inmemory;

import io.eventbus.spi.Group;
import java.util.List;
import java.util.TreeMap;

/** The dead letters of one group, by a number in the order of arrival. Thread-safe. */
final class DeadLetterStore {

    /**
     * A dead letter.
     *
     * @param number its place, above zero
     * @param message what it says
     */
    record Letter(long number, StoredMessage message) {}

    private final Group group;
    private final boolean ephemeral;
    private final Object lock = new Object();

    /** Guarded by the lock. */
    private final TreeMap<Long, Letter> letters = new TreeMap<>();

    /** Guarded by the lock. */
    private long lastNumber;

    DeadLetterStore(Group group, boolean ephemeral) {
        this.group = group;
        this.ephemeral = ephemeral;
    }

    void add(StoredMessage message, int maxDeadLetters) {
        if (ephemeral) {
            throw Refusal.keepsNoDeadLetters(group);
        }
        synchronized (lock) {
            if (letters.size() >= maxDeadLetters) {
                throw Refusal.full(group, letters.size(), "dead letters");
            }
            lastNumber++;
            letters.put(lastNumber, new Letter(lastNumber, message));
        }
    }

    /** The first letters with a number above the given one. */
    List<Letter> after(long number, int max) {
        synchronized (lock) {
            return letters.tailMap(number, false).values().stream().limit(max).toList();
        }
    }

    /** Removes a letter; without effect if it is gone. */
    void remove(long number) {
        synchronized (lock) {
            letters.remove(number);
        }
    }

    int size() {
        synchronized (lock) {
            return letters.size();
        }
    }

    /** Removes all; tells how many there were. */
    int purge() {
        synchronized (lock) {
            int purged = letters.size();
            letters.clear();
            return purged;
        }
    }
}
