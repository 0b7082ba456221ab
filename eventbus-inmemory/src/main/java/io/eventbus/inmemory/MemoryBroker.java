package io.eventbus.inmemory;

import io.eventbus.spi.Destination;
import io.eventbus.spi.Group;
import io.eventbus.spi.ReceiverSpec;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Topics by name. A topic is kept while it has a group; what is sent to another goes nowhere. Thread-safe. */
final class MemoryBroker {
    private static final Map<String, MemoryBroker> SHARED = new ConcurrentHashMap<>();
    private static final MemoryTopic NOWHERE = new MemoryTopic();

    private final Map<String, MemoryTopic> topics = new ConcurrentHashMap<>();

    /** Guards which topics there are, so that no group is made in one that is being dropped. */
    private final Object membership = new Object();

    /** The one broker of that name in this JVM. */
    static MemoryBroker shared(String name) {
        return SHARED.computeIfAbsent(name, unused -> new MemoryBroker());
    }

    /** Stores the message wherever the destination says, or nowhere if it throws. */
    void send(Destination destination, StoredMessage message, int maxBacklog) {
        if (destination instanceof Destination.Topic topic) {
            topic(topic.name()).sendToAll(message, maxBacklog);
        } else if (destination instanceof Destination.Inbox inbox) {
            topic(inbox.group().topic()).sendTo(inbox.group(), message, maxBacklog);
        } else if (destination instanceof Destination.DeadLetters deadLetters) {
            topic(deadLetters.group().topic()).bury(deadLetters.group(), message, maxBacklog);
        }
    }

    /** Makes the group if it does not exist, and the member one of its members. */
    GroupQueue join(ReceiverSpec spec, Member member) {
        synchronized (membership) {
            return topics.computeIfAbsent(spec.group().topic(), unused -> new MemoryTopic())
                    .join(spec, member);
        }
    }

    /** Takes the member out of its group; an ephemeral group ends with that. */
    void leave(GroupQueue queue, Member member) {
        if (queue.leave(member) && queue.ephemeral()) {
            drop(queue.group());
        }
    }

    private void drop(Group group) {
        synchronized (membership) {
            topics.computeIfPresent(group.topic(), (unused, topic) -> topic.drop(group) ? topic : null);
        }
    }

    Optional<GroupQueue> queue(Group group) {
        return topic(group.topic()).queue(group);
    }

    private MemoryTopic topic(String name) {
        return topics.getOrDefault(name, NOWHERE);
    }
}
