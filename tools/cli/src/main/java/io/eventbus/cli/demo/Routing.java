package io.eventbus.cli.demo;

import io.eventbus.Binding;
import io.eventbus.Event;
import io.eventbus.EventBus;
import io.eventbus.SubscriptionOptions;
import io.eventbus.cli.CommandBus;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/** Demo 2: four events, seven subscriptions that each select some of them, and who got which. */
final class Routing implements Demo {
    private static final String EXPLANATION = """
            A subscription selects events by their routing key, aggregate.type, or by headers:

            1. TOPIC (the usual way)
               - Fits a pattern to the words of the routing key
               - * stands for exactly one word, # for any number of words
               - Example: 'Order.*' selects 'Order.OrderPlaced' and 'Order.OrderShipped'

            2. DIRECT
               - Wants the identical routing key
               - Use for: commands to one service, work queues

            3. FANOUT
               - Takes every event, whatever its routing key
               - Use for: audit logs, notifications, emptying caches

            4. HEADERS
               - Compares headers: all of them have to fit, or any
               - Use for: what a routing key cannot say

            Publishing 4 events:
              1  Order.OrderPlaced         region=eu priority=high
              2  Payment.PaymentReceived   region=us priority=high
              3  Order.OrderShipped        region=eu
              4  Order.OrderPlaced.gift    region=us

            Results:
            """;

    /** A subscription: how it selects, how many of the events it has to get, and which it got. */
    private record Route(String kind, String selection, Binding<Object> binding, int expected, Queue<String> got) {
        Route(String kind, String selection, Binding<Object> binding, int expected) {
            this(kind, selection, binding, expected, new ConcurrentLinkedQueue<>());
        }
    }

    @Override
    public String title() {
        return "Exchange Types and Routing";
    }

    @Override
    public void run(DemoSetting setting) throws InterruptedException {
        EXPLANATION.lines().forEach(setting::say);
        List<Route> routes = routes();
        CountDownLatch arrived =
                new CountDownLatch(routes.stream().mapToInt(Route::expected).sum());
        try (EventBus bus = CommandBus.builder()
                .url(setting.url())
                .topic(setting.topic("demo2"))
                .events(OrderPlaced.class, OrderShipped.class, PaymentReceived.class)
                .build()) {
            routes.forEach(route -> subscribe(bus, route, arrived));
            bus.start();
            bus.publish(events());
            setting.await(arrived);
        }
        routes.forEach(route -> setting.say(
                String.format("  %-8s %-28s got %s", route.kind(), route.selection(), String.join(", ", route.got()))));
    }

    /** Ephemeral: every subscription gets a copy, and the broker keeps nothing of it. */
    private static void subscribe(EventBus bus, Route route, CountDownLatch arrived) {
        bus.subscribe(
                route.binding(),
                event -> {
                    route.got().add(event.id());
                    arrived.countDown();
                },
                SubscriptionOptions.defaults().asEphemeral());
    }

    private static List<Route> routes() {
        return List.of(
                new Route("TOPIC", "Order.*", Binding.topic("Order.*"), 2),
                new Route("TOPIC", "Order.#", Binding.topic("Order.#"), 3),
                new Route("TOPIC", "*.OrderPlaced", Binding.topic("*.OrderPlaced"), 1),
                new Route("DIRECT", "Payment.PaymentReceived", Binding.direct("Payment.PaymentReceived"), 1),
                new Route("FANOUT", "everything", Binding.fanout(), 4),
                new Route(
                        "HEADERS",
                        "region=eu and priority=high",
                        Binding.headersAll(Map.of("region", "eu", "priority", "high")),
                        1),
                new Route(
                        "HEADERS",
                        "region=us or priority=high",
                        Binding.headersAny(Map.of("region", "us", "priority", "high")),
                        3));
    }

    /** Numbered by their ids. They have one key, so every subscription gets them in this order. */
    private static List<Event<?>> events() {
        UUID orderId = UUID.randomUUID();
        BigDecimal total = new BigDecimal("99.99");
        return List.of(
                Event.of(new OrderPlaced(orderId, "cust-123", total))
                        .withId("1")
                        .withHeaders(Map.of("region", "eu", "priority", "high")),
                Event.of(new PaymentReceived(orderId, total))
                        .withId("2")
                        .withHeaders(Map.of("region", "us", "priority", "high")),
                Event.of(new OrderShipped(orderId, "TRACK-12345")).withId("3").withHeader("region", "eu"),
                Event.of(new OrderPlaced(orderId, "cust-123", total))
                        .withId("4")
                        .withRoutingKey("Order.OrderPlaced.gift")
                        .withHeader("region", "us"));
    }
}
