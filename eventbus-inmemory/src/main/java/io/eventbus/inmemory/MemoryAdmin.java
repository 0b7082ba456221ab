package io.eventbus.inmemory;

import io.eventbus.spi.DeadLetterCursor;
import io.eventbus.spi.Group;
import io.eventbus.spi.GroupInfo;
import io.eventbus.spi.TransportAdmin;

/** Answers from the broker's own state. */
final class MemoryAdmin implements TransportAdmin {
    private final MemoryTransport transport;
    private final MemoryBroker broker;

    MemoryAdmin(MemoryTransport transport, MemoryBroker broker) {
        this.transport = transport;
        this.broker = broker;
    }

    @Override
    public void ping() {
        transport.requireOpen();
    }

    @Override
    public GroupInfo describe(Group group) {
        transport.requireOpen();
        return broker.queue(group)
                .map(GroupQueue::info)
                .orElseGet(() -> new GroupInfo(GroupQueue.nameOf(group), 0, 0, 0));
    }

    @Override
    public DeadLetterCursor openDeadLetters(Group group) {
        transport.requireOpen();
        return new MemoryDeadLetterCursor(transport, deadLetters(group));
    }

    @Override
    public long purgeDeadLetters(Group group) {
        transport.requireOpen();
        return deadLetters(group).purge();
    }

    private DeadLetterStore deadLetters(Group group) {
        return broker.queue(group).map(GroupQueue::deadLetters).orElseGet(() -> new DeadLetterStore(group, false));
    }
}
