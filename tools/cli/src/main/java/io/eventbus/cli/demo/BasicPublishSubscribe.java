package io.eventbus.cli.demo;

import io.eventbus.EventBus;
import io.eventbus.cli.CommandBus;
import java.math.BigDecimal;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Demo 1: a handler, and an event for it. */
final class BasicPublishSubscribe implements Demo {

    @Override
    public String title() {
        return "Basic Publish/Subscribe";
    }

    @Override
    public void run(DemoSetting setting) throws InterruptedException {
        AtomicInteger received = new AtomicInteger();
        CountDownLatch arrived = new CountDownLatch(1);
        try (EventBus bus = CommandBus.builder()
                .url(setting.url())
                .topic(setting.topic("demo1"))
                .group("demo-consumers")
                .events(OrderPlaced.class, OrderShipped.class)
                .build()) {
            bus.subscribe(OrderPlaced.class, event -> {
                setting.say("  Received: " + event.type());
                received.incrementAndGet();
                arrived.countDown();
            });
            bus.start();
            setting.say("Connected");
            setting.say("Subscribed handler to OrderPlaced");

            UUID orderId = UUID.randomUUID();
            setting.say("Publishing OrderPlaced for " + orderId);
            bus.publish(new OrderPlaced(orderId, "cust-123", new BigDecimal("99.99")));
            setting.await(arrived);
        }
        setting.say("Received " + received + " event(s)");
    }
}
