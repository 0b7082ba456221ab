package io.eventbus.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.Binding;
import io.eventbus.EventBus;
import io.eventbus.EventType;
import io.eventbus.Subscription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SubscriberCountTest {

    @EventType(aggregate = "Order", name = "Placed")
    record Placed(String order) {}

    @EventType(aggregate = "Order", name = "Shipped")
    record Shipped(String order) {}

    private final EngineBench bench = new EngineBench(builder -> builder.events(Placed.class, Shipped.class));
    private final EventBus bus = bench.bus();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    @DisplayName("subscriptions are counted in all, by the class that they name, and those that select every event")
    void counts() {
        bus.subscribe(Binding.raw(Binding.topic("Order.*")), event -> {});
        bus.subscribe(Binding.raw(Binding.fanout()), event -> {});
        bus.subscribeToAllEvents(event -> {});
        bus.subscribe(Placed.class, event -> {});
        bus.subscribe(Placed.class, event -> {});
        assertThat(bus.subscriberCount()).isEqualTo(5);
        assertThat(bus.wildcardSubscriberCount()).isEqualTo(2);
        assertThat(bus.subscriberCount(Placed.class)).isEqualTo(2);
        assertThat(bus.subscriberCount(Shipped.class)).isZero();
    }

    @Test
    @DisplayName("a subscription that was closed is counted no more")
    void closed() {
        Subscription subscription = bus.subscribeToAllEvents(event -> {});
        subscription.close();
        assertThat(bus.subscriberCount()).isZero();
        assertThat(bus.wildcardSubscriberCount()).isZero();
    }
}
