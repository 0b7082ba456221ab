package io.eventbus.inmemory;

import io.eventbus.spi.Group;
import io.eventbus.spi.ReceiverSpec;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The groups of one topic. All senders to a topic take turns, so that its groups see one order. Thread-safe. */
final class MemoryTopic {
    private final Object lock = new Object();

    /** Guarded by the lock. */
    private final Map<Group, GroupQueue> queues = new HashMap<>();

    void sendToAll(StoredMessage message, int maxBacklog) {
        synchronized (lock) {
            store(queues.values(), message, maxBacklog);
        }
    }

    void sendTo(Group group, StoredMessage message, int maxBacklog) {
        synchronized (lock) {
            store(List.of(existing(group)), message, maxBacklog);
        }
    }

    void bury(Group group, StoredMessage message, int maxDeadLetters) {
        synchronized (lock) {
            existing(group).deadLetters().add(message, maxDeadLetters);
        }
    }

    GroupQueue join(ReceiverSpec spec, Member member) {
        synchronized (lock) {
            GroupQueue queue = queues.get(spec.group());
            if (queue == null) {
                queue = new GroupQueue(spec.group(), spec.ephemeral());
                queues.put(spec.group(), queue);
            } else if (queue.ephemeral() || spec.ephemeral()) {
                throw Refusal.conflict(spec.group(), queue.ephemeral());
            }
            queue.join(member);
            return queue;
        }
    }

    /** Forgets a group with all that it holds; tells whether others are left. */
    boolean drop(Group group) {
        synchronized (lock) {
            queues.remove(group);
            return !queues.isEmpty();
        }
    }

    Optional<GroupQueue> queue(Group group) {
        synchronized (lock) {
            return Optional.ofNullable(queues.get(group));
        }
    }

    private GroupQueue existing(Group group) {
        return queue(group).orElseThrow(() -> Refusal.noSuchGroup(group));
    }

    private static void store(Collection<GroupQueue> queues, StoredMessage message, int maxBacklog) {
        queues.forEach(queue -> queue.requireRoom(maxBacklog));
        queues.forEach(queue -> queue.add(message));
    }
}
