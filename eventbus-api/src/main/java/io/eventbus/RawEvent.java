package io.eventbus;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event whose type is not registered, as it goes over the wire. Published and handled without a class of its own.
 *
 * @param aggregateType the kind of thing that the event is about; may be empty
 * @param type the logical type
 * @param key which thing it is about, or null for none
 * @param contentType the media type of the body, such as {@code application/json}; may be empty
 * @param body the payload; copied when it is published, a copy of its own for each handler and attempt
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are what this is for; it is never compared
public record RawEvent(
        String aggregateType, String type, @Nullable String key, String contentType, byte[] body) {

    /** Refuses nulls but for the key. */
    public RawEvent {
        Objects.requireNonNull(aggregateType, "aggregateType");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(contentType, "contentType");
        Objects.requireNonNull(body, "body");
    }

    /** Names the event and leaves out the body. */
    @Override
    public String toString() {
        return "RawEvent[" + aggregateType + "." + type + ", key " + key + ", " + body.length + " bytes]";
    }
}
