package io.eventbus.cli.demo;

import io.eventbus.Event;
import io.eventbus.EventSubscriber;
import java.math.BigDecimal;
import java.util.Set;
import java.util.function.Consumer;

/** How many orders there are, what they are worth, and how many are shipped. Thread-safe: orders are handled side by side. */
final class OrderStatisticsProjection implements EventSubscriber {
    private final Consumer<String> out;
    private final Object lock = new Object();
    private int totalOrders;
    private BigDecimal totalRevenue = BigDecimal.ZERO;
    private int shippedCount;

    OrderStatisticsProjection(Consumer<String> out) {
        this.out = out;
    }

    @Override
    public Set<Class<?>> subscribedTo() {
        return Set.of(OrderPlaced.class, OrderShipped.class);
    }

    @Override
    public void handle(Event<?> event) {
        if (event.payload() instanceof OrderPlaced placed) {
            placed(placed);
        } else if (event.payload() instanceof OrderShipped shipped) {
            shipped(shipped);
        }
    }

    int totalOrders() {
        synchronized (lock) {
            return totalOrders;
        }
    }

    BigDecimal totalRevenue() {
        synchronized (lock) {
            return totalRevenue;
        }
    }

    int shippedCount() {
        synchronized (lock) {
            return shippedCount;
        }
    }

    private void placed(OrderPlaced order) {
        synchronized (lock) {
            totalOrders++;
            totalRevenue = totalRevenue.add(order.total());
        }
        out.accept("  [Stats] Order placed: $" + order.total());
    }

    private void shipped(OrderShipped order) {
        synchronized (lock) {
            shippedCount++;
        }
        out.accept("  [Stats] Order shipped: " + order.trackingNumber());
    }
}
