package io.eventbus.tck.broken;

import static io.eventbus.tck.broken.TransportMutant.ADMITS_NO_SUCCESSOR;
import static io.eventbus.tck.broken.TransportMutant.EARLIEST_BY_DEFAULT;
import static io.eventbus.tck.broken.TransportMutant.EPHEMERAL_LEAKS;
import static io.eventbus.tck.broken.TransportMutant.FORGETS_BACKLOG;
import static io.eventbus.tck.broken.TransportMutant.FULL_WITHOUT_A_WORD;
import static io.eventbus.tck.broken.TransportMutant.IDLES_WHEN_REMOVED;
import static io.eventbus.tck.broken.TransportMutant.LETTERS_STAY_REMOVED;
import static io.eventbus.tck.broken.TransportMutant.LOSES_DEAD_LETTERS;
import static io.eventbus.tck.broken.TransportMutant.MODEST;
import static io.eventbus.tck.broken.TransportMutant.NEEDS_A_GROUP;
import static io.eventbus.tck.broken.TransportMutant.PREFIX_TOPICS;
import static io.eventbus.tck.broken.TransportMutant.SHARED_DEAD_LETTERS;
import static io.eventbus.tck.broken.TransportMutant.STAYS_DOWN_WHEN_REMOVED;
import static io.eventbus.tck.broken.TransportMutant.STAYS_FULL;
import static io.eventbus.tck.broken.TransportMutant.SWALLOWS_WHEN_FULL;

import io.eventbus.spi.Destination;
import io.eventbus.spi.Group;
import io.eventbus.spi.Message;
import io.eventbus.spi.ReceiverSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Queues by name, and which of them get the messages of which topic. All under one lock. */
final class BreakableBroker {

    private static final Map<String, BreakableBroker> SHARED = new ConcurrentHashMap<>();

    private final TransportMutant mutant;
    private final BreakableNames names;
    private final Object lock = new Object();
    private final Map<String, BreakableQueue> queues = new LinkedHashMap<>();
    private final Map<String, Set<BreakableQueue>> bound = new HashMap<>();
    private final Map<String, List<Message>> logs = new HashMap<>();
    private final Set<BreakableQueue> abandoned = new HashSet<>();
    private final NavigableMap<Long, Message> oneForAll = new TreeMap<>();
    private final Set<Group> withoutLetters = new HashSet<>();
    private final Set<Group> shut = new HashSet<>();
    private final AtomicInteger sessions = new AtomicInteger();
    private long places;
    private boolean full;

    private BreakableBroker(TransportMutant mutant) {
        this.mutant = mutant;
        this.names = new BreakableNames(mutant);
    }

    /** The one broker of that name in this JVM. */
    static BreakableBroker shared(String name, TransportMutant mutant) {
        return SHARED.computeIfAbsent(name, unused -> new BreakableBroker(mutant));
    }

    static Set<String> residents(String name) {
        BreakableBroker broker = SHARED.get(name);
        return broker == null ? Set.of() : broker.residents();
    }

    static Optional<BreakableBroker> named(String name) {
        return Optional.ofNullable(SHARED.get(name));
    }

    static void remove(String name) {
        SHARED.remove(name);
    }

    TransportMutant mutant() {
        return mutant;
    }

    Object lock() {
        return lock;
    }

    /** The number of a session that sends. */
    int nextSession() {
        return sessions.incrementAndGet();
    }

    /** Guarded by the lock. */
    long nextPlace() {
        places++;
        return places;
    }

    void send(Destination destination, Message message) {
        synchronized (lock) {
            if (full) {
                refuseUnless(mutant == SWALLOWS_WHEN_FULL);
            } else if (destination instanceof Destination.Topic topic) {
                sendToAll(topic.name(), message);
            } else if (destination instanceof Destination.Inbox inbox) {
                existing(inbox.group()).add(message);
            } else if (destination instanceof Destination.DeadLetters letters) {
                bury(existing(letters.group()), message);
            }
        }
    }

    private void refuseUnless(boolean swallowed) {
        if (!swallowed) {
            throw Failures.full(mutant == FULL_WITHOUT_A_WORD ? "" : "there is no room");
        }
    }

    private void sendToAll(String topic, Message message) {
        Collection<BreakableQueue> all = queuesOf(topic);
        if (mutant == NEEDS_A_GROUP && all.isEmpty()) {
            throw Failures.refused("nobody listens to " + topic);
        }
        if (mutant == EARLIEST_BY_DEFAULT) {
            logs.computeIfAbsent(topic, unused -> new ArrayList<>()).add(message);
        }
        List.copyOf(all).forEach(queue -> queue.add(message));
    }

    /** Guarded by the lock. */
    Collection<BreakableQueue> queuesOf(String topic) {
        if (mutant != PREFIX_TOPICS) {
            return bound.getOrDefault(names.topic(topic), Set.of());
        }
        return bound.entrySet().stream()
                .filter(entry -> topic.startsWith(entry.getKey()))
                .flatMap(entry -> entry.getValue().stream())
                .collect(Collectors.toSet());
    }

    private void bury(BreakableQueue queue, Message message) {
        if (queue.isEphemeral()) {
            throw Failures.refused(queue.group() + " is ephemeral and keeps no dead letters");
        }
        if (mutant == LETTERS_STAY_REMOVED && withoutLetters.contains(queue.group())) {
            throw Failures.refused(queue.group() + " has no place for dead letters");
        }
        if (mutant != LOSES_DEAD_LETTERS) {
            queue.deadLetters().put(nextPlace(), kept(message));
        }
    }

    /** What becomes of a dead letter. */
    private Message kept(Message letter) {
        return switch (mutant) {
            case LOSES_LETTER_HEADERS -> Carriage.withoutHeaders(letter);
            case LOSES_LETTER_KEYS -> Carriage.withoutKey(letter);
            default -> letter;
        };
    }

    BreakableReceiver join(ReceiverSpec spec, BreakableTransport transport) {
        synchronized (lock) {
            if (shut.contains(spec.group())) {
                throw Failures.refused("something of " + spec.group() + " was removed");
            }
            BreakableQueue queue = queues.computeIfAbsent(names.queue(spec), name -> create(spec));
            if (queue.isEphemeral() != spec.ephemeral()) {
                throw Failures.conflict(spec.group() + " exists and is not what is asked for");
            }
            if (mutant == ADMITS_NO_SUCCESSOR && abandoned.contains(queue)) {
                throw Failures.refused(spec.group() + " had its members");
            }
            bound.computeIfAbsent(names.topic(spec.group().topic()), unused -> new HashSet<>())
                    .add(queue);
            spec.patterns().forEach(queue::bind);
            BreakableReceiver receiver = new BreakableReceiver(transport, this, queue);
            queue.join(receiver);
            return receiver;
        }
    }

    private BreakableQueue create(ReceiverSpec spec) {
        NavigableMap<Long, Message> letters = mutant == SHARED_DEAD_LETTERS ? oneForAll : new TreeMap<>();
        BreakableQueue queue = new BreakableQueue(this, spec.group(), spec.ephemeral(), letters);
        logs.getOrDefault(spec.group().topic(), List.of()).forEach(queue::add);
        return queue;
    }

    boolean holds(Collection<BreakableReceiver> receivers) {
        synchronized (lock) {
            return receivers.stream().anyMatch(receiver -> receiver.queue().lentTo(receiver));
        }
    }

    void settleAll(BreakableReceiver receiver) {
        synchronized (lock) {
            receiver.queue().settleAll(receiver);
        }
    }

    void forgetSettlements(BreakableReceiver receiver) {
        synchronized (lock) {
            receiver.queue().forgetSettlements(receiver);
        }
    }

    /** Takes the member out of its group; an ephemeral group ends with that. */
    void leave(BreakableReceiver receiver) {
        synchronized (lock) {
            BreakableQueue queue = receiver.queue();
            boolean left = queue.leave(receiver);
            if (mutant == ADMITS_NO_SUCCESSOR) {
                abandoned.add(queue);
            }
            boolean drops = queue.isEphemeral() ? mutant != EPHEMERAL_LEAKS : mutant == FORGETS_BACKLOG;
            if (left && drops && queue.memberCount() == 0) {
                queues.values().remove(queue);
                bound.values().forEach(ofTopic -> ofTopic.remove(queue));
            }
        }
    }

    Optional<BreakableQueue> find(Group group) {
        synchronized (lock) {
            return Optional.ofNullable(queues.get(names.queue(group)));
        }
    }

    private BreakableQueue existing(Group group) {
        return find(group).orElseThrow(() -> Failures.refused(group + " does not exist"));
    }

    /** Ends the group as an operator does: its members are told. */
    void remove(Group group) {
        synchronized (lock) {
            find(group).ifPresent(this::remove);
        }
    }

    void removeTopic(String topic) {
        synchronized (lock) {
            List.copyOf(queuesOf(topic)).forEach(this::remove);
        }
    }

    /** Takes away what the dead letters of a group are in; the next letter makes it again. */
    void removeDeadLetters(Group group) {
        synchronized (lock) {
            find(group).ifPresent(queue -> queue.deadLetters().clear());
            withoutLetters.add(group);
            if (healsNothing()) {
                remove(group);
            }
        }
    }

    private void remove(BreakableQueue queue) {
        queues.values().remove(queue);
        bound.values().forEach(ofTopic -> ofTopic.remove(queue));
        if (mutant != IDLES_WHEN_REMOVED) {
            queue.end();
        }
        if (healsNothing()) {
            shut.add(queue.group());
        }
    }

    private boolean healsNothing() {
        return mutant == STAYS_DOWN_WHEN_REMOVED || mutant == MODEST;
    }

    /** Whether it has no room from now on. */
    void full(boolean full) {
        synchronized (lock) {
            this.full = full || (this.full && mutant == STAYS_FULL);
        }
    }

    private Set<String> residents() {
        synchronized (lock) {
            return Set.copyOf(queues.keySet());
        }
    }
}
