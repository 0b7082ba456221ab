package io.eventbus.redis;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The entries of one session that belong to this member, and since when Redis has not heard of each; those that were
 * settled, until that is sent. Thread-safe.
 */
final class Holdings {

    private final Object lock = new Object();
    private final Set<String> expected;
    private final Map<String, Long> held = new LinkedHashMap<>();
    private final Set<String> accepted = new LinkedHashSet<>();
    private final Set<String> released = new LinkedHashSet<>();

    /** Takes what this member had unsettled in its last session, which Redis is expected to give it again. */
    Holdings(Collection<String> expected) {
        this.expected = new LinkedHashSet<>(expected);
    }

    /** This member has an entry since a time, in nanoseconds. */
    void hold(String id, long since) {
        synchronized (lock) {
            expected.remove(id);
            held.put(id, since);
        }
    }

    /** Whether an entry is at this member as far as Redis knows: held, or settled and that is not sent yet. */
    boolean has(String id) {
        synchronized (lock) {
            return held.containsKey(id) || accepted.contains(id) || released.contains(id);
        }
    }

    int size() {
        synchronized (lock) {
            return held.size();
        }
    }

    /** Accepts an entry, unless it is settled or lost already. */
    boolean accept(String id) {
        synchronized (lock) {
            return held.remove(id) != null && accepted.add(id);
        }
    }

    /** Gives an entry back, unless it is settled or lost already. */
    boolean release(String id) {
        synchronized (lock) {
            return held.remove(id) != null && released.add(id);
        }
    }

    /** Whether there are settlements to send. */
    boolean isSettled() {
        synchronized (lock) {
            return !accepted.isEmpty() || !released.isEmpty();
        }
    }

    List<String> takeAccepted() {
        synchronized (lock) {
            List<String> taken = List.copyOf(accepted);
            accepted.clear();
            return taken;
        }
    }

    List<String> released() {
        synchronized (lock) {
            return List.copyOf(released);
        }
    }

    /** Redis knows that these were given back. */
    void handedBack(Collection<String> ids) {
        synchronized (lock) {
            ids.forEach(released::remove);
        }
    }

    /** Redis has given this member all that it had. */
    void expectNoMore() {
        synchronized (lock) {
            expected.clear();
        }
    }

    /** What would be lost with the list that Redis keeps of it. */
    List<String> unsettled() {
        synchronized (lock) {
            Set<String> all = new LinkedHashSet<>(expected);
            all.addAll(held.keySet());
            all.addAll(released);
            return List.copyOf(all);
        }
    }

    /** How long Redis has not heard, at a time, of the entry that it heard of least; 0 if there is none. */
    long silentFor(long time) {
        synchronized (lock) {
            return held.values().stream().mapToLong(since -> time - since).max().orElse(0);
        }
    }

    /** What this member has, in the order in which it came. */
    List<String> held() {
        synchronized (lock) {
            return List.copyOf(held.keySet());
        }
    }

    /** Redis has heard of these at a time. */
    void renewed(Collection<String> ids, long time) {
        synchronized (lock) {
            ids.forEach(id -> held.computeIfPresent(id, (same, before) -> time));
        }
    }

    /** These belong to somebody else. */
    void lost(Collection<String> ids) {
        synchronized (lock) {
            ids.forEach(held::remove);
        }
    }
}
