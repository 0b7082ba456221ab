package io.eventbus.cli.demo;

import io.eventbus.EventBus;
import io.eventbus.cli.CommandBus;
import java.math.BigDecimal;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

/** Demo 4: a projection that names its events, and a log of all. */
final class Projections implements Demo {

    @Override
    public String title() {
        return "Integration with Projections";
    }

    @Override
    public void run(DemoSetting setting) throws InterruptedException {
        OrderStatisticsProjection statistics = new OrderStatisticsProjection(setting::say);
        AuditLogger auditor = new AuditLogger();
        CountDownLatch handled = new CountDownLatch(2);
        try (EventBus bus = CommandBus.builder()
                .url(setting.url())
                .topic(setting.topic("demo4"))
                .group("projection-consumers")
                .events(OrderPlaced.class, OrderShipped.class)
                .build()) {
            bus.subscribeAll(statistics);
            setting.say("Subscribed statistics projection");
            bus.subscribeToAllEvents(auditor);
            setting.say("Subscribed audit logger to all events");
            bus.subscribeToAllEvents(event -> handled.countDown()); // the last handler of each event
            bus.start();

            UUID orderId = UUID.randomUUID();
            setting.say("\nProcessing order: " + orderId);
            bus.publish(new OrderPlaced(orderId, "premium-customer", new BigDecimal("499.99")));
            bus.publish(new OrderShipped(orderId, "TRACK-12345"));
            setting.await(handled);
        }
        setting.say("\nProjection Results:");
        setting.say("  Total orders: " + statistics.totalOrders());
        setting.say("  Total revenue: $" + statistics.totalRevenue());
        setting.say("  Shipped count: " + statistics.shippedCount());
        setting.say("\nAudit log entries: " + auditor.log().size());
    }
}
