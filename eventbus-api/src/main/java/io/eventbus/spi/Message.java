package io.eventbus.spi;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What goes over the wire. The engine makes and reads it; a transport carries every field unchanged.
 *
 * <p>A message that did not come from a bus may lack fields: a transport then gives empty strings, null for the key and
 * empty maps, and leaves the judgement to the engine.
 *
 * @param id the event's id; empty if the wire had none
 * @param aggregateType the kind of thing that the event is about; empty if the wire had none
 * @param type the event's logical type; empty if the wire had none
 * @param key which thing it is about, or null if the event has no key; events of one key keep their order
 * @param routingKey what routed subscriptions select by
 * @param contentType the media type of the body; empty if the wire had none
 * @param attributes further CloudEvents attributes and the engine's own, by names of a-z, 0-9 and {@code -}
 * @param headers the user's headers, any names and values
 * @param body the payload, empty but never null for an empty payload
 */
public record Message(
        String id,
        String aggregateType,
        String type,
        @Nullable String key,
        String routingKey,
        String contentType,
        Map<String, String> attributes,
        Map<String, String> headers,
        byte[] body) {

    /** Copies the maps; the body is taken over as it is. */
    public Message {
        attributes = Map.copyOf(attributes);
        headers = Map.copyOf(headers);
    }

    /**
     * The routing key that an event has by default.
     *
     * @param aggregateType the aggregate's type
     * @param type the event's type
     * @return both, joined by a dot; the type alone if the aggregate type is empty
     */
    public static String typeKey(String aggregateType, String type) {
        return aggregateType.isEmpty() ? type : aggregateType + "." + type;
    }

    /**
     * The routing key that this message has by default.
     *
     * @return see {@link #typeKey(String, String)}
     */
    public String typeKey() {
        return typeKey(aggregateType, type);
    }

    /**
     * The same message with further attributes, which win over those of the same name.
     *
     * @param more the attributes to add
     * @return a copy that shares the body
     */
    public Message plus(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(attributes);
        all.putAll(more);
        return withAttributes(all);
    }

    /**
     * The same message with other attributes.
     *
     * @param replaced all attributes of the copy
     * @return a copy that shares the body
     */
    public Message withAttributes(Map<String, String> replaced) {
        return new Message(id, aggregateType, type, key, routingKey, contentType, replaced, headers, body);
    }

    /**
     * The same message with another id.
     *
     * @param replaced the id of the copy
     * @return a copy that shares the body
     */
    public Message withId(String replaced) {
        return new Message(replaced, aggregateType, type, key, routingKey, contentType, attributes, headers, body);
    }

    /** Names the event and leaves out what may be private: headers and body. */
    @Override
    public String toString() {
        return "Message[" + typeKey() + ", id " + id + ", " + body.length + " bytes]";
    }
}
