package io.eventbus.internal;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often this member had an event that no handler saw, and is still there: its session was lost, or it handed back. A broker counts such
 * a delivery like one that took a member down, which it is not. Remembers the events that came last; what comes again does so
 * soon, and an event that is forgotten is only counted as the broker counts it. Thread-safe.
 */
class Outlived {
    private static final int MOST = 10_000;

    private final Map<String, Integer> deliveries = new LinkedHashMap<>();

    /** A delivery has ended without a settlement. Without an id its event cannot be known again. */
    synchronized void add(String id) {
        if (id.isEmpty()) {
            return;
        }
        Integer before = deliveries.remove(id);
        deliveries.put(id, before == null ? 1 : before + 1);
        if (deliveries.size() > MOST) {
            Iterator<String> oldest = deliveries.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    /** The event is settled. */
    synchronized void forget(String id) {
        deliveries.remove(id);
    }

    synchronized int of(String id) {
        return deliveries.getOrDefault(id, 0);
    }
}
