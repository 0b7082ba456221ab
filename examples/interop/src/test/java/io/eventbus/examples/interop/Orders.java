package io.eventbus.examples.interop;

import io.eventbus.Event;
import io.eventbus.EventBus;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;

/** Publishes one order. */
final class Orders {
    static final String ID = "event-1";
    static final String KEY = "order-42";
    static final String PAYLOAD = "{\"orderId\":\"order-42\",\"total\":99.99}";

    /** For the start of a bus, while other tests keep the machine busy. */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    private Orders() {}

    /** Publishes it to a topic that has a group. */
    static void publish(URI url, String topic, String group) throws InterruptedException {
        try (EventBus bus = EventBus.builder()
                .url(url.toString())
                .topic(topic)
                .group(group)
                .events(OrderPlaced.class)
                .openTimeout(PATIENCE)
                .build()) {
            bus.subscribe(OrderPlaced.class, event -> {});
            bus.start();
        }
        try (EventBus bus = EventBus.builder()
                .url(url.toString())
                .topic(topic)
                .events(OrderPlaced.class)
                .openTimeout(PATIENCE)
                .build()) {
            bus.start();
            bus.publish(Event.of(new OrderPlaced(KEY, new BigDecimal("99.99")))
                    .withId(ID)
                    .withHeader("region", "eu"));
        }
    }
}
