package io.eventbus.internal;

import io.eventbus.EventBusException;
import io.eventbus.spi.Message;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The subscriptions of one membership, and which of them get a message. Thread-safe. */
final class Audience {
    private static final Logger LOG = LoggerFactory.getLogger("io.eventbus");
    private static final int MAX_REMEMBERED_TYPES = 1000;

    private final String group;
    private final List<Registration> registrations = new CopyOnWriteArrayList<>();
    private final Queue<Registration> unbound = new ConcurrentLinkedQueue<>();
    private final Set<String> filteredTypes = ConcurrentHashMap.newKeySet();

    Audience(String group) {
        this.group = group;
    }

    /** Takes part from now on; the broker has still to be asked for what it selects. */
    void add(Registration registration) {
        registrations.add(registration);
        unbound.add(registration);
    }

    /** Takes a subscription out, unless it is the last; true if it is. */
    boolean isLastOrRemove(Registration registration) {
        boolean last = registrations.size() == 1 && registrations.contains(registration);
        if (!last) {
            registrations.remove(registration);
        }
        return last;
    }

    /** Whether nobody here wants anything now. */
    boolean isPaused() {
        return !registrations.isEmpty() && registrations.stream().allMatch(Registration::isPaused);
    }

    List<Registration> all() {
        return List.copyOf(registrations);
    }

    /** The next of those for which the broker was not asked yet, or null. */
    @Nullable Registration nextUnbound() {
        return unbound.poll();
    }

    /** Who gets a message: specific subscriptions before those for everything, each in order of registration. */
    List<Registration> select(Message message) {
        List<Registration> selected = registrations.stream()
                .filter(registration -> registration.selector().matches().test(message))
                .sorted(Comparator.comparing(
                        registration -> registration.selector().wildcard()))
                .toList();
        if (selected.isEmpty() && filteredTypes.size() < MAX_REMEMBERED_TYPES && filteredTypes.add(message.typeKey())) {
            LOG.debug("no subscription of group {} selects {}: such events are filtered out", group, message.typeKey());
        }
        return selected;
    }

    void failReady(EventBusException failure) {
        registrations.forEach(registration -> registration.failReady(failure));
    }
}
