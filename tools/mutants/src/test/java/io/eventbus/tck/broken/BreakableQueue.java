package io.eventbus.tck.broken;

import static io.eventbus.tck.broken.TransportMutant.ACK_BEFORE_HANDLE;
import static io.eventbus.tck.broken.TransportMutant.COMMIT_PAST_FAILED;
import static io.eventbus.tck.broken.TransportMutant.COUNTS_EVER;
import static io.eventbus.tck.broken.TransportMutant.FILTERED_STAYS;
import static io.eventbus.tck.broken.TransportMutant.FORGETS_ACKS_AT_LEAVE;
import static io.eventbus.tck.broken.TransportMutant.GATED_BY_SLOWEST;
import static io.eventbus.tck.broken.TransportMutant.HANDS_BACK_LATE;
import static io.eventbus.tck.broken.TransportMutant.KEEPS_LOANS;
import static io.eventbus.tck.broken.TransportMutant.LOSE_LAST_IN_BATCH;
import static io.eventbus.tck.broken.TransportMutant.MODEST;
import static io.eventbus.tck.broken.TransportMutant.MULTIPLE_ACK;
import static io.eventbus.tck.broken.TransportMutant.OVERFILLS;
import static io.eventbus.tck.broken.TransportMutant.REDELIVERS_TO_TOPIC;
import static io.eventbus.tck.broken.TransportMutant.REFERENCE_PASSING;
import static io.eventbus.tck.broken.TransportMutant.RETURNS_BACKWARDS;
import static io.eventbus.tck.broken.TransportMutant.RETURNS_TO_TAIL;
import static io.eventbus.tck.broken.TransportMutant.REWINDS_AT_JOIN;
import static io.eventbus.tck.broken.TransportMutant.SHORT_LEASE;
import static io.eventbus.tck.broken.TransportMutant.STALE_ACK_SETTLES;
import static io.eventbus.tck.broken.TransportMutant.TAKES_AWAY_SOON;
import static java.util.Comparator.comparing;

import io.eventbus.spi.Delivery;
import io.eventbus.spi.Destination;
import io.eventbus.spi.Group;
import io.eventbus.spi.Message;
import io.eventbus.spi.RoutingPattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What one group has not settled. Guarded by the broker's lock. */
final class BreakableQueue {

    private static final int SMALL_BUFFER = 200;
    private static final int GATE = 100;
    private static final long ATTACHING = TimeUnit.SECONDS.toNanos(1);
    private static final long LEASE = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long HAND_BACK_MILLIS = 2_500;
    private static final long LOOK_AT_HOLDERS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long HOP = BreakableTransport.HOP.toNanos();
    private static final long BURST = 2 * HOP;

    private final TransportMutant mutant;
    private final BreakableBroker broker;
    private final Group group;
    private final boolean ephemeral;
    private final NavigableMap<Long, Message> deadLetters;
    private final long createdAt = System.nanoTime();
    private final TreeMap<Long, Entry> unsettled = new TreeMap<>();
    private final TreeMap<Long, Entry> ready = new TreeMap<>();
    private final List<BreakableReceiver> members = new ArrayList<>();
    private final Set<RoutingPattern> patterns = new HashSet<>();
    private final Set<String> seen = new HashSet<>();
    private long added;
    private long lookedAtHolders = createdAt;

    BreakableQueue(BreakableBroker broker, Group group, boolean ephemeral, NavigableMap<Long, Message> deadLetters) {
        this.mutant = broker.mutant();
        this.broker = broker;
        this.group = group;
        this.ephemeral = ephemeral;
        this.deadLetters = deadLetters;
    }

    Group group() {
        return group;
    }

    boolean isEphemeral() {
        return ephemeral;
    }

    NavigableMap<Long, Message> deadLetters() {
        return deadLetters;
    }

    long backlog() {
        return mutant == COUNTS_EVER ? added : unsettled.size();
    }

    int memberCount() {
        return members.size();
    }

    void bind(RoutingPattern pattern) {
        patterns.add(pattern);
    }

    void add(Message message) {
        added++;
        if (!isLost(message)) {
            for (int copy = 0; copy < copies(message); copy++) {
                enqueue(message);
            }
        }
    }

    private boolean isLost(Message message) {
        return switch (mutant) {
            case DELIVERS_NOTHING -> true;
            case DELIVERS_FIRST_ONLY -> added > 1;
            case DEDUPLICATES -> !seen.add(message.id());
            case LOSE_UNDER_LOAD -> ready.size() >= SMALL_BUFFER;
            case EARLY_READY -> System.nanoTime() - createdAt < ATTACHING;
            default -> false;
        };
    }

    private long copies(Message message) {
        return switch (mutant) {
            case DUP_EVERY_10 -> added % 10 == 0 ? 2 : 1;
            case COPY_PER_MEMBER -> Math.max(1, members.size());
            case COPY_PER_PATTERN ->
                Math.max(
                        1,
                        patterns.stream()
                                .filter(one -> Patterns.matches(one, message))
                                .count());
            default -> 1;
        };
    }

    private void enqueue(Message message) {
        Entry entry = new Entry(message, broker.nextPlace());
        unsettled.put(entry.place(), entry);
        ready.put(entry.place(), entry);
        ring();
    }

    private void ring() {
        members.forEach(BreakableReceiver::wakeup);
    }

    void requireMember(BreakableReceiver receiver) {
        if (!members.contains(receiver)) {
            throw Failures.closed("The receiver");
        }
    }

    void join(BreakableReceiver receiver) {
        if (mutant == REWINDS_AT_JOIN) {
            List.copyOf(members).forEach(this::forgetSettlements);
        }
        members.add(receiver);
        ring();
    }

    /** A member that holds something for longer than its limit finds its session over, and is not told before. */
    void endOverdueSessions() {
        long now = System.nanoTime();
        if (now - lookedAtHolders > LOOK_AT_HOLDERS) {
            lookedAtHolders = now;
            unsettled.values().stream()
                    .map(entry -> entry.overdueHolder(mutant == TAKES_AWAY_SOON ? 4 : 1))
                    .flatMap(Optional::stream)
                    .distinct()
                    .toList()
                    .forEach(this::leave);
        }
    }

    /** The receiver's share of what is ready. */
    List<Delivery> take(BreakableReceiver receiver, int maxMessages) {
        if (mutant == SHORT_LEASE) {
            endLeases();
        }
        int wanted = mutant == OVERFILLS ? Integer.MAX_VALUE : maxMessages;
        int share = Math.min(wanted, (ready.size() + members.size() - 1) / members.size());
        List<Entry> taken = upToRedelivery(
                inOrder(ready.values().stream().takeWhile(this::passes).limit(share)));
        if (mutant == LOSE_LAST_IN_BATCH && taken.size() > 1) {
            settle(taken.get(taken.size() - 1));
            taken = taken.subList(0, taken.size() - 1);
        }
        return taken.stream().map(entry -> lend(receiver, entry)).toList();
    }

    /** That of arrival, or, which is as good, only within each key. */
    private Stream<Entry> inOrder(Stream<Entry> entries) {
        return mutant == MODEST
                ? entries.sorted(
                        comparing(entry -> Objects.hashCode(entry.message().key())))
                : entries;
    }

    /** What was delivered before comes alone, or last. */
    private static List<Entry> upToRedelivery(Stream<Entry> entries) {
        List<Entry> taken = new ArrayList<>();
        entries.takeWhile(
                        entry -> taken.isEmpty() || taken.get(taken.size() - 1).deliveries() == 0)
                .forEach(taken::add);
        return taken;
    }

    private Delivery lend(BreakableReceiver receiver, Entry entry) {
        ready.remove(entry.place());
        entry.lend(receiver);
        if (mutant == ACK_BEFORE_HANDLE) {
            settle(entry);
        }
        Message message = mutant == REFERENCE_PASSING ? entry.message() : Carriage.copy(entry.message());
        return new BreakableDelivery(receiver, entry, message, count(entry.deliveries()));
    }

    private int count(int deliveries) {
        return switch (mutant) {
            case COUNTS_NOTHING -> 1;
            case COUNTS_TRIPLE -> deliveries * 3 - 2;
            default -> deliveries;
        };
    }

    private void endLeases() {
        for (Entry entry : unsettled.values()) {
            if (entry.isHeld() && System.nanoTime() - entry.heldSince() > LEASE) {
                entry.giveBack();
                ready.put(entry.place(), entry);
            }
        }
    }

    /**
     * Whether its time has come. Where a ring is read by all groups, nobody gets further ahead of the slowest than there is room.
     */
    private boolean passes(Entry entry) {
        return switch (mutant) {
            case GATED_BY_SLOWEST ->
                broker.queuesOf(group.topic()).stream().allMatch(other -> entry.place() - other.oldest() < GATE);
            case SLOW -> System.nanoTime() - entry.since() >= HOP;
            case UNSURE -> System.nanoTime() / BURST > entry.since() / BURST;
            default -> true;
        };
    }

    private long oldest() {
        return unsettled.isEmpty() ? Long.MAX_VALUE : unsettled.firstKey();
    }

    void accept(BreakableReceiver receiver, BreakableDelivery delivery) {
        Entry entry = delivery.entry();
        boolean stays = mutant == FILTERED_STAYS
                && patterns.stream().noneMatch(pattern -> Patterns.matches(pattern, entry.message()));
        boolean counts = mutant == STALE_ACK_SETTLES || entry.isOnLoan(receiver, delivery.turn());
        if (!counts || stays) {
            return;
        }
        settle(entry);
        receiver.accepted(entry);
        if (mutant == MULTIPLE_ACK) {
            heldUpTo(entry.place(), receiver).forEach(this::settle);
        }
    }

    private void settle(Entry entry) {
        entry.giveBack();
        ready.remove(entry.place());
        unsettled.remove(entry.place());
    }

    void settleAll(BreakableReceiver receiver) {
        heldUpTo(Long.MAX_VALUE, receiver).forEach(this::settle);
    }

    /** What a member has settled comes again. */
    void forgetSettlements(BreakableReceiver member) {
        if (members.contains(member)) {
            member.takeAccepted().forEach(entry -> enqueue(entry.message()));
        }
    }

    private List<Entry> heldUpTo(long place, BreakableReceiver receiver) {
        return unsettled.headMap(place, true).values().stream()
                .filter(entry -> entry.isHeldBy(receiver))
                .toList();
    }

    void release(BreakableReceiver receiver, BreakableDelivery delivery) {
        if (delivery.entry().isOnLoan(receiver, delivery.turn())) {
            handBack(List.of(delivery.entry()));
        }
    }

    private void handBack(List<Entry> entries) {
        if (mutant == HANDS_BACK_LATE) {
            entries.forEach(Entry::giveBack);
            CompletableFuture.delayedExecutor(HAND_BACK_MILLIS, TimeUnit.MILLISECONDS)
                    .execute(() -> putBackLater(entries));
        } else {
            putBack(entries);
        }
    }

    /** Takes back what the member has not settled; tells whether it was a member. */
    boolean leave(BreakableReceiver receiver) {
        if (mutant == FORGETS_ACKS_AT_LEAVE) {
            forgetSettlements(receiver);
        }
        boolean left = members.remove(receiver);
        if (mutant == COMMIT_PAST_FAILED) {
            heldUpTo(receiver.lastAccepted(), receiver).forEach(this::settle);
        }
        if (mutant != KEEPS_LOANS) {
            handBack(inOrderOfReturn(heldUpTo(Long.MAX_VALUE, receiver)));
        }
        receiver.wakeup();
        return left;
    }

    private List<Entry> inOrderOfReturn(List<Entry> entries) {
        List<Entry> ordered = new ArrayList<>(entries);
        if (mutant == RETURNS_BACKWARDS) {
            Collections.reverse(ordered);
        }
        return ordered;
    }

    private void putBackLater(List<Entry> entries) {
        synchronized (broker.lock()) {
            putBack(entries);
        }
    }

    /** There are no members any more, which they see when they take. */
    void end() {
        members.clear();
    }

    boolean lentTo(BreakableReceiver receiver) {
        return unsettled.values().stream().anyMatch(entry -> entry.isHeldBy(receiver));
    }

    private void putBack(Collection<Entry> entries) {
        for (Entry entry : entries) {
            entry.giveBack();
            if (mutant == REDELIVERS_TO_TOPIC) {
                settle(entry);
                broker.send(new Destination.Topic(group.topic()), entry.message());
            } else if (mutant == RETURNS_TO_TAIL || mutant == RETURNS_BACKWARDS) {
                settle(entry);
                enqueue(entry.message());
            } else {
                ready.put(entry.place(), entry);
            }
        }
        ring();
    }
}
