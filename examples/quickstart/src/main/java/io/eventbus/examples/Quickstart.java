package io.eventbus.examples;

import io.eventbus.Binding;
import io.eventbus.Event;
import io.eventbus.EventBus;
import io.eventbus.EventKey;
import io.eventbus.EventType;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

/** Publishes two events and handles them; which broker carries them follows from EVENTBUS_URL or the class path. */
public final class Quickstart {

    @EventType(aggregate = "Order", name = "OrderPlaced")
    record OrderPlaced(@EventKey UUID orderId, String customer, BigDecimal total) {}

    @EventType(aggregate = "Order", name = "OrderShipped")
    record OrderShipped(@EventKey UUID orderId, String tracking) {}

    private Quickstart() {}

    public static void main(String[] args) throws InterruptedException {
        CountDownLatch audited = new CountDownLatch(2);
        try (EventBus bus = EventBus.builder()
                .topic("orders")
                .group("projections")
                .events(OrderPlaced.class, OrderShipped.class)
                .openTimeout(Duration.ofMinutes(1)) // for start(); 10 s if nothing is said
                .build()) {
            bus.subscribe(
                    OrderPlaced.class,
                    event -> System.out.println("revenue: +" + event.payload().total()));
            bus.subscribe(
                    Binding.topic("*.OrderShipped"), event -> System.out.println("on its way: " + event.headers()));
            bus.subscribeToAllEvents(event -> {
                System.out.println("audit: " + event.type());
                audited.countDown();
            });
            bus.start(); // returns when ready: what is published from now on arrives

            UUID order = UUID.randomUUID();
            bus.publish(new OrderPlaced(order, "cust-123", new BigDecimal("99.99")));
            bus.publish(Event.of(new OrderShipped(order, "TRACK-1")).withHeader("carrier", "post"));
            audited.await();
        }
    }
}
