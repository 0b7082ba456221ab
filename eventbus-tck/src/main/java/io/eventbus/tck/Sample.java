package io.eventbus.tck;

import io.eventbus.Event;
import io.eventbus.EventKey;
import io.eventbus.EventType;
import io.eventbus.tck.history.EventRef;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;

/** The events of the kit's tests. */
public final class Sample {

    private Sample() {}

    /**
     * The event that most tests use.
     *
     * @param order its key
     * @param number counts the events of a test
     * @param text anything
     */
    @EventType(aggregate = "Order", name = "Placed")
    public record Placed(@EventKey String order, int number, String text) {}

    /**
     * An event of the same aggregate with another type.
     *
     * @param order its key
     * @param number counts the events of a test
     */
    @EventType(aggregate = "Order", name = "Shipped")
    public record Shipped(@EventKey String order, int number) {}

    /**
     * Makes an event.
     *
     * @param order its key
     * @param number its number
     * @return the payload
     */
    public static Placed placed(String order, int number) {
        return new Placed(order, number, "");
    }

    /**
     * Makes a fence.
     *
     * @param order its key
     * @return a payload that {@link Witness} tells from those of a test
     */
    public static Placed fence(String order) {
        return new Placed(order, 0, "fence");
    }

    static boolean isFence(Placed payload) {
        return payload.equals(fence(payload.order()));
    }

    /**
     * What a history knows of an event.
     *
     * @param topic its topic
     * @param event the event, published or delivered
     * @return the same for both, unless it was changed on its way
     */
    public static EventRef ref(String topic, Event<Placed> event) {
        String key = event.key() == null ? event.payload().order() : event.key();
        StringBuilder content = new StringBuilder(event.payload().toString());
        new TreeMap<>(event.headers())
                .forEach((name, value) ->
                        content.append('\n').append(name).append('=').append(value));
        return EventRef.of(topic, key, event.id(), content.toString().getBytes(StandardCharsets.UTF_8));
    }
}
