package io.eventbus.internal;

import io.eventbus.spi.Delivery;
import io.eventbus.spi.Message;
import java.util.concurrent.CompletableFuture;

/** A delivery of a {@link FedReceiver}, which knows how it was settled. */
final class FedDelivery implements Delivery {

    /** How it was settled. */
    enum Settlement {
        ACCEPTED,
        RELEASED
    }

    private final Message message;
    private final int deliveryCount;
    private final CompletableFuture<Settlement> settlement = new CompletableFuture<>();

    FedDelivery(Message message, int deliveryCount) {
        this.message = message;
        this.deliveryCount = deliveryCount;
    }

    /** Completes with the first settlement. */
    CompletableFuture<Settlement> settlement() {
        return settlement;
    }

    @Override
    public Message message() {
        return message;
    }

    @Override
    public int deliveryCount() {
        return deliveryCount;
    }

    @Override
    public void accept() {
        settlement.complete(Settlement.ACCEPTED);
    }

    @Override
    public void release() {
        settlement.complete(Settlement.RELEASED);
    }
}
