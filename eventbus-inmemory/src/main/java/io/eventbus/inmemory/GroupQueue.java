package io.eventbus.inmemory;

import io.eventbus.spi.Group;
import io.eventbus.spi.GroupInfo;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * What one group has not settled, in the order of arrival.
 *
 * <p>A message that is ready is set aside for the next member in turn that has room, as it said when it polled last. So
 * members share evenly, however fast one of them polls. What is set aside waits for its member, unless another one has
 * waited in vain: that one takes it all back. Thread-safe.
 */
final class GroupQueue {
    private final Group group;
    private final boolean ephemeral;
    private final DeadLetterStore deadLetters;

    /** Guards what follows and the members' messages and room. */
    private final Object lock = new Object();

    private final NavigableSet<QueuedMessage> ready = new TreeSet<>();

    /** The next in turn comes first. */
    private final Deque<Member> members = new ArrayDeque<>();

    private long lastNumber;
    private int backlog;

    GroupQueue(Group group, boolean ephemeral) {
        this.group = group;
        this.ephemeral = ephemeral;
        this.deadLetters = new DeadLetterStore(group, ephemeral);
    }

    Group group() {
        return group;
    }

    boolean ephemeral() {
        return ephemeral;
    }

    DeadLetterStore deadLetters() {
        return deadLetters;
    }

    void requireRoom(int maxBacklog) {
        synchronized (lock) {
            if (backlog >= maxBacklog) {
                throw Refusal.full(group, backlog, "unsettled messages");
            }
        }
    }

    void add(StoredMessage message) {
        synchronized (lock) {
            backlog++;
            lastNumber++;
            ready.add(new QueuedMessage(lastNumber, 0, 0, message));
            shareOut();
        }
    }

    void join(Member member) {
        synchronized (lock) {
            members.addLast(member);
        }
    }

    /** Takes back what the member has not settled; tells whether it was a member. */
    boolean leave(Member member) {
        synchronized (lock) {
            boolean left = members.remove(member);
            member.giveBack(ready);
            shareOut();
            return left;
        }
    }

    void requireMember(Member member) {
        synchronized (lock) {
            if (!members.contains(member)) {
                throw Refusal.closed("The receiver");
            }
        }
    }

    /** Hands over what is set aside for the member, who from now on has room for so many, these included. */
    List<QueuedMessage> take(Member member, int maxMessages) {
        synchronized (lock) {
            requireMember(member);
            member.fitTo(maxMessages, ready);
            shareOut();
            return member.takeSetAside();
        }
    }

    /** The same for a member that has waited in vain: takes back what others were too slow to fetch. */
    List<QueuedMessage> takeFromOthers(Member member, int maxMessages) {
        synchronized (lock) {
            requireMember(member);
            members.forEach(other -> other.giveBackSetAside(ready));
            member.fitTo(maxMessages, ready);
            while (!ready.isEmpty() && member.hasRoom()) {
                member.setAside(ready.pollFirst());
            }
            shareOut();
            return member.takeSetAside();
        }
    }

    void accept(Member member, QueuedMessage message) {
        synchronized (lock) {
            if (member.settle(message)) {
                backlog--;
            }
        }
    }

    void release(Member member, QueuedMessage message) {
        synchronized (lock) {
            if (member.settle(message)) {
                ready.add(message.released());
                shareOut();
            }
        }
    }

    GroupInfo info() {
        synchronized (lock) {
            return new GroupInfo(nameOf(group), backlog, members.size(), deadLetters.size());
        }
    }

    /** What people call a group. */
    static String nameOf(Group group) {
        return group.topic() + "." + group.name();
    }

    private void shareOut() {
        int full = 0;
        while (!ready.isEmpty() && full < members.size()) {
            Member next = members.removeFirst();
            members.addLast(next);
            if (next.hasRoom()) {
                next.setAside(ready.pollFirst());
                full = 0;
            } else {
                full++;
            }
        }
    }
}
