package io.eventbus.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the thread that sends: what is new, and what came back because it was not accepted. Holds nothing that has
 * ended meanwhile, so that what nobody sends takes no memory. Thread-safe.
 */
final class SendQueue {
    private final Object lock = new Object();

    /** These three are guarded by the lock. */
    private final Set<Publish> queued = new LinkedHashSet<>();

    private final Set<Publish> returned = new HashSet<>();
    private boolean woken;

    /** Something new, behind all that is. */
    void add(Publish publish) {
        synchronized (lock) {
            queued.add(publish);
            lock.notifyAll();
        }
        removeIfDone(publish);
    }

    /** Something that was sent before and was not accepted. */
    void addReturned(Publish publish) {
        synchronized (lock) {
            returned.add(publish);
        }
        removeIfDone(publish);
    }

    /** Forgets what has ended otherwise than by being sent. */
    void remove(Publish publish) {
        synchronized (lock) {
            queued.remove(publish);
            returned.remove(publish);
        }
    }

    /** Ends the wait for something new, the next one if there is none now. */
    void wake() {
        synchronized (lock) {
            woken = true;
            lock.notifyAll();
        }
    }

    /** Waits for something new, at most so long and until it is woken; the first that is new, or null. */
    @Nullable Publish await(Duration patience) throws InterruptedException {
        Deadline deadline = Deadline.in(patience);
        synchronized (lock) {
            while (queued.isEmpty() && !woken && !deadline.isOver()) {
                lock.wait(deadline.remaining().toMillis() + 1);
            }
            woken = false;
            return poll();
        }
    }

    /** The first that is new, or null if nothing is. */
    @Nullable Publish poll() {
        synchronized (lock) {
            Iterator<Publish> all = queued.iterator();
            if (!all.hasNext()) {
                return null;
            }
            Publish first = all.next();
            all.remove();
            return first;
        }
    }

    /** All that came back, in the order in which it was sent. */
    List<Publish> takeReturned() {
        synchronized (lock) {
            List<Publish> all = new ArrayList<>(returned);
            returned.clear();
            all.sort(Comparator.comparingLong(Publish::order));
            return all;
        }
    }

    /** Everything. */
    List<Publish> takeAll() {
        synchronized (lock) {
            List<Publish> all = takeReturned();
            all.addAll(queued);
            queued.clear();
            return all;
        }
    }

    /** Whoever ends it removes it; when that was before it was added, this does. */
    private void removeIfDone(Publish publish) {
        if (publish.result().isDone()) {
            remove(publish);
        }
    }
}
