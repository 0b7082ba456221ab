package io.eventbus.inmemory;

import io.eventbus.spi.Delivery;
import io.eventbus.spi.Receiver;
import io.eventbus.spi.RoutingPattern;
import java.time.Duration;
import java.util.List;

/** A member's session with its queue. */
final class MemoryReceiver implements Receiver {
    private final MemoryTransport transport;
    private final GroupQueue queue;
    private final Member member;
    private volatile boolean draining;

    MemoryReceiver(MemoryTransport transport, GroupQueue queue, Member member) {
        this.transport = transport;
        this.queue = queue;
        this.member = member;
    }

    @Override
    public List<Delivery> poll(int maxMessages, Duration timeout) {
        int room = draining ? 0 : maxMessages;
        List<QueuedMessage> taken = queue.take(member, room);
        if (taken.isEmpty()) {
            boolean rang = member.awaitBell(timeout);
            taken = rang ? queue.take(member, room) : queue.takeFromOthers(member, room);
        }
        return taken.stream().map(this::delivery).toList();
    }

    @Override
    public void wakeup() {
        member.ring();
    }

    /** Has nothing to do: the queue holds all messages of the topic. */
    @Override
    public void bind(RoutingPattern pattern) {
        queue.requireMember(member);
    }

    /** Nothing is set aside for a member that has no room. */
    @Override
    public void drain() {
        draining = true;
        queue.take(member, 0);
    }

    @Override
    public void close() {
        transport.leave(this);
    }

    GroupQueue queue() {
        return queue;
    }

    Member member() {
        return member;
    }

    private Delivery delivery(QueuedMessage queued) {
        return new MemoryDelivery(queue, member, queued);
    }
}
