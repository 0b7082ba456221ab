package io.eventbus.inmemory;

import io.eventbus.spi.Delivery;
import io.eventbus.spi.Message;

/** A queued message on loan to a member, with a copy of its content. */
final class MemoryDelivery implements Delivery {
    private final GroupQueue queue;
    private final Member member;
    private final QueuedMessage queued;
    private final Message message;

    MemoryDelivery(GroupQueue queue, Member member, QueuedMessage queued) {
        this.queue = queue;
        this.member = member;
        this.queued = queued;
        this.message = queued.message().copy();
    }

    @Override
    public Message message() {
        return message;
    }

    @Override
    public int deliveryCount() {
        return queued.deliveryCount();
    }

    @Override
    public void accept() {
        queue.accept(member, queued);
    }

    @Override
    public void release() {
        queue.release(member, queued);
    }
}
