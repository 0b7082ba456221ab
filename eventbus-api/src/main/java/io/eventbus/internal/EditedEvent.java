package io.eventbus.internal;

import io.eventbus.Event;
import io.eventbus.EventMetadata;
import io.eventbus.RawEvent;
import io.eventbus.spi.Message;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An event that is changed by hand on its way out of the dead letters. */
final class EditedEvent {

    /** What an edit may take away; other attributes stay unless it gives them another value. */
    private static final List<String> OPTIONAL =
            List.of(HeaderNames.SUBJECT, HeaderNames.SEQUENCE, HeaderNames.CORRELATION_ID, HeaderNames.CAUSATION_ID);

    private final Envelopes envelopes;

    EditedEvent(Envelopes envelopes) {
        this.envelopes = envelopes;
    }

    /** The message to send in place of a letter's own, which was checked against the limits of the transport. */
    Message of(Message letter, Event<RawEvent> event, UnaryOperator<Event<RawEvent>> edit) {
        Event<RawEvent> edited = Objects.requireNonNull(edit.apply(event), "the edit returned null");
        Message message = envelopes.encodeRaw(edited.payload(), metadata(event, edited));
        Map<String, String> attributes = new HashMap<>(letter.attributes());
        OPTIONAL.forEach(attributes::remove);
        attributes.putAll(message.attributes());
        String source = letter.attributes().get(HeaderNames.SOURCE);
        if (source != null) {
            attributes.put(HeaderNames.SOURCE, source);
        }
        return message.withAttributes(attributes);
    }

    /** The key may be changed in either place, and a routing key that was the default follows the type. */
    private static EventMetadata metadata(Event<RawEvent> event, Event<RawEvent> edited) {
        EventMetadata metadata = edited.metadata();
        return new EventMetadata(
                metadata.id(),
                metadata.aggregateType(),
                metadata.type(),
                key(event, edited),
                routingKey(event, metadata),
                metadata.schemaVersion(),
                metadata.aggregateVersion(),
                metadata.occurredAt(),
                metadata.notBefore(),
                metadata.correlationId(),
                metadata.causationId(),
                metadata.headers(),
                0);
    }

    private static @Nullable String key(Event<RawEvent> event, Event<RawEvent> edited) {
        return Objects.equals(event.key(), edited.key()) ? edited.payload().key() : edited.key();
    }

    private static @Nullable String routingKey(Event<RawEvent> event, EventMetadata edited) {
        String byDefault = Message.typeKey(event.aggregateType(), event.type());
        return byDefault.equals(edited.routingKey()) ? null : edited.routingKey();
    }
}
