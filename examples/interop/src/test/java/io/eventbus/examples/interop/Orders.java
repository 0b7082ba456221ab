package io.eventbus.examples.interop;

import io.eventbus.Event;
import io.eventbus.EventBus;
import java.math.BigDecimal;
import java.net.URI;

/** Publishes one order. */
final class Orders {
    static final String ID = "event-1";
    static final String KEY = "order-42";
    static final String PAYLOAD = "{\"orderId\":\"order-42\",\"total\":99.99}";

    private Orders() {}

    /** Publishes it to a topic that has a group. */
    static void publish(URI url, String topic, String group) throws InterruptedException {
        try (EventBus bus = EventBus.builder()
                .url(url.toString())
                .topic(topic)
                .group(group)
                .events(OrderPlaced.class)
                .build()) {
            bus.subscribe(OrderPlaced.class, event -> {});
            bus.start();
        }
        try (EventBus bus = EventBus.builder()
                .url(url.toString())
                .topic(topic)
                .events(OrderPlaced.class)
                .build()) {
            bus.start();
            bus.publish(Event.of(new OrderPlaced(KEY, new BigDecimal("99.99")))
                    .withId(ID)
                    .withHeader("region", "eu"));
        }
    }
}
