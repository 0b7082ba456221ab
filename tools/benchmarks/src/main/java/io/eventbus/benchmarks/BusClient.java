package io.eventbus.benchmarks;

import io.eventbus.EventBus;
import io.eventbus.EventBusBuilder;
import java.util.function.LongConsumer;

/** The bus with all its defaults, a bus for each consumer and each producer. */
record BusClient(String url) implements Client {
    private static final String GROUP = "group";

    @Override
    public Consumer consume(String topic, LongConsumer handler) {
        EventBus bus = bus(topic).group(GROUP).build();
        bus.subscribe(Measured.class, event -> handler.accept(event.payload().time()));
        bus.start();
        return bus::close;
    }

    @Override
    public Producer produce(String topic, int size) {
        EventBus bus = bus(topic).build();
        bus.start();
        return new BusProducer(bus, size);
    }

    private EventBusBuilder bus(String topic) {
        return EventBus.builder().url(url).topic(topic).events(Measured.class);
    }
}
