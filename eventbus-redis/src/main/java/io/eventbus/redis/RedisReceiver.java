package io.eventbus.redis;

import io.eventbus.spi.Delivery;
import io.eventbus.spi.Group;
import io.eventbus.spi.Message;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.Revocations;
import io.eventbus.spi.RoutingPattern;
import io.eventbus.spi.TransportException;
import io.eventbus.spi.TransportException.Kind;
import io.eventbus.spi.TransportException.Outcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisException;

/**
 * One member of a consumer group. New entries come by a read that waits at Redis on a connection of its own; on the other
 * connection go acknowledgements, the renewal of leases, and the search for what others have left.
 */
final class RedisReceiver implements Receiver {

    private static final Logger LOG = LoggerFactory.getLogger(RedisReceiver.class);

    /** How long saying goodbye may take. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    /** What is not settled soon is shown to be held this often, also in a poll, so that a joining member can tell who lives. */
    private static final long RENEW_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** While there may be something to take over, this is how long a poll waits. */
    private static final long JOINING_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final String OVER = "the session is over";

    private final RedisLink control;
    private final BlockedRead read;
    private final GroupCommands commands;
    private final Revocations revocations;
    private final GroupMemory memory;
    private final RedisErrors errors;
    private final Group group;
    private final Holdings holdings;
    private final Recovery recovery;
    private final Queue<RedisDelivery> fetched = new ArrayDeque<>();
    private volatile boolean woken;
    private boolean draining;
    private boolean over;
    private boolean closed;

    /**
     * Takes over both connections.
     *
     * @param memory told what is read and what is held, so that a group that was deleted can go on
     */
    RedisReceiver(
            RedisLink control,
            BlockedRead read,
            GroupCommands commands,
            Revocations revocations,
            GroupMemory memory,
            RedisErrors errors,
            Group group) {
        this.control = control;
        this.read = read;
        this.commands = commands;
        this.revocations = revocations;
        this.memory = memory;
        this.holdings = memory.newSession();
        this.errors = errors;
        this.group = group;
        this.recovery = new Recovery(commands, holdings, commands.lease());
    }

    @Override
    public List<Delivery> poll(int maxMessages, Duration timeout) {
        return inSession(() -> {
            long end = System.nanoTime() + timeout.toNanos();
            int room = draining ? 0 : maxMessages;
            settle();
            collectRenewed();
            fetch(room);
            await(room, end);
            settle();
            return take(room);
        });
    }

    @Override
    public void wakeup() {
        woken = true;
        nudge();
    }

    /** Every member gets everything; the engine selects. */
    @Override
    public void bind(RoutingPattern pattern) {}

    @Override
    public void drain() {
        inSession(() -> {
            draining = true;
            long now = System.nanoTime();
            takeUp(read.end(Deadline.in(CLOSE_LIMIT)), now);
            fetched.forEach(RedisDelivery::release);
            fetched.clear();
            return fetched;
        });
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (!over) {
            leave();
        }
        over = true;
        read.close();
        control.close();
    }

    /** Whatever this member still has after its read has ended is handed back with its name. */
    private void leave() {
        try {
            Deadline deadline = Deadline.in(CLOSE_LIMIT);
            read.end(deadline);
            commands.leave(holdings.takeAccepted(), deadline);
        } catch (JedisException e) {
            LOG.debug("{}: what it had will be taken over when its lease has ended", group, e);
        }
    }

    private void nudge() {
        read.nudge();
        control.nudge();
    }

    private void settle() {
        commands.acknowledge(holdings.takeAccepted());
        List<String> released = holdings.released();
        if (!released.isEmpty()) {
            commands.handBack(released);
            holdings.handedBack(released);
            recovery.lookSoon();
        }
    }

    /**
     * An answer may take two thirds of a lease, so what has arrived is collected with no less of it left, whatever was slow
     * before; and then all is renewed again, with what has come. While draining, nothing is collected any more.
     */
    private void collectRenewed() {
        boolean late = isSilentFor(commands.lease().toNanos() / 3);
        if (late) {
            renewNow();
        }
        collect();
        if (late || isSilentFor(RENEW_NANOS)) {
            renewNow();
        }
    }

    private boolean isSilentFor(long nanos) {
        return holdings.silentFor(System.nanoTime()) >= nanos;
    }

    /** All at once, also what has just come: of a dead member, what came first is to be taken over first. */
    private void renewNow() {
        long now = System.nanoTime();
        List<String> held = holdings.held();
        Set<String> lost = new HashSet<>(commands.renew(held));
        holdings.renewed(held, now);
        if (!lost.isEmpty()) {
            lose(lost);
        }
    }

    /** This process was away for longer than the lease, or the entries were deleted. */
    private void lose(Set<String> lost) {
        LOG.warn("{}: {} deliveries were taken over by other members, or deleted", group, lost.size());
        holdings.lost(lost);
        fetched.removeIf(delivery -> delivery.isAmong(holdings, lost));
        revocations.revoking(
                delivery -> delivery instanceof RedisDelivery one && one.isAmong(holdings, lost), Duration.ZERO);
    }

    private void fetch(int room) {
        if (draining) {
            return;
        }
        if (room > 0 && (fetched.isEmpty() || recovery.isDue())) {
            long now = System.nanoTime();
            takeUp(recovery.next(room), now);
        }
        if (room == 0 && holdings.size() == 0) {
            recovery.showUp();
        }
        if (room > 0 && fetched.isEmpty() && recovery.isJoined()) {
            read.ask(room);
        }
    }

    /** Also without room: what has arrived is this member's, and its lease has to be renewed. */
    private void collect() {
        if (draining) {
            return;
        }
        long now = System.nanoTime();
        for (StreamEntry entry : read.arrived()) {
            memory.read(entry.id());
            fetched.addAll(held(entry, 1, now));
        }
    }

    /** What was delivered before goes ahead of what is new. */
    private void takeUp(List<StreamEntry> entries, long since) {
        Map<String, Integer> counts = commands.deliveryCounts(entries, holdings.size());
        List<RedisDelivery> all = new ArrayList<>();
        entries.forEach(entry -> all.addAll(held(entry, counts.getOrDefault(entry.id(), 1), since)));
        all.addAll(fetched);
        fetched.clear();
        fetched.addAll(all);
    }

    /** One delivery, or none if the entry was deleted. */
    private List<RedisDelivery> held(StreamEntry entry, int deliveryCount, long since) {
        Message message = entry.message();
        if (message == null) {
            return List.of();
        }
        holdings.hold(entry.id(), since);
        return List.of(new RedisDelivery(message, deliveryCount, entry.id(), holdings, this::nudge));
    }

    private void await(int room, long end) {
        long waitUntil = recovery.isJoined() || room == 0 ? end : Math.min(end, System.nanoTime() + JOINING_NANOS);
        while (!hasReason(room) && waitUntil - System.nanoTime() > 0) {
            long now = System.nanoTime();
            awaitOnce(Math.min(waitUntil - now, RENEW_NANOS - holdings.silentFor(now)));
            collectRenewed();
        }
        woken = false;
    }

    private boolean hasReason(int room) {
        return woken
                || (room > 0 && !fetched.isEmpty())
                || holdings.isSettled()
                || Thread.currentThread().isInterrupted();
    }

    private void awaitOnce(long nanos) {
        if (!draining) {
            read.await(nanos);
        } else if (control.await(nanos)) {
            control.receive(); // nothing was asked: it is the end
        }
    }

    private List<Delivery> take(int room) {
        List<Delivery> taken = new ArrayList<>();
        while (taken.size() < room && !fetched.isEmpty()) {
            taken.add(fetched.remove());
        }
        return taken;
    }

    private <T> T inSession(Supplier<T> work) {
        if (over) {
            throw errors.failure(Kind.UNAVAILABLE, Outcome.UNKNOWN, OVER, "it was closed");
        }
        try {
            return work.get();
        } catch (JedisException e) {
            over = true;
            throw errors.ended(OVER, Outcome.UNKNOWN, e);
        } catch (TransportException e) {
            over = true;
            throw e;
        }
    }
}
