package io.eventbus.internal;

import io.eventbus.BusConfig;
import io.eventbus.Event;
import io.eventbus.EventCodec;
import io.eventbus.EventContext;
import io.eventbus.EventDefinition;
import io.eventbus.EventMetadata;
import io.eventbus.EventRegistry;
import io.eventbus.InvalidEventException;
import io.eventbus.RawEvent;
import io.eventbus.spi.Message;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns events into messages and back. Stateless but for the configuration; thread-safe. */
class Envelopes {
    private final EventRegistry registry;
    private final EventCodec codec;
    private final String source;
    private final MessageLimits limits;

    Envelopes(BusConfig config, MessageLimits limits) {
        this.registry = config.registry();
        this.codec = config.codec();
        this.source = config.source();
        this.limits = limits;
    }

    /** What goes over the wire for an event, a registered payload or a raw one. Shares nothing with what it is given. */
    Message encode(Object published) {
        Event<?> event = published instanceof Event<?> envelope ? envelope : Event.of(published);
        Optional<Event<?>> cause = EventContext.current();
        requireSoon(event);
        Event<?> caused = cause.isPresent() ? inheritOrigin(event, cause.get()) : event;
        Message message = caused.payload() instanceof RawEvent raw
                ? ofRaw(raw, caused.metadata())
                : ofRegistered(caused.payload(), caused.metadata());
        limits.check(message);
        return message;
    }

    /** What goes over the wire for a raw event, whatever event is being handled now. */
    Message encodeRaw(RawEvent raw, EventMetadata metadata) {
        Message message = ofRaw(raw, metadata);
        limits.check(message);
        return message;
    }

    /** What a message says of its event, or why it cannot be read. */
    EventMetadata metadata(Message message, int attempt) throws UnreadableMessageException {
        require(!message.type().isEmpty(), "it has no type");
        require(!message.id().isEmpty(), "it has no id");
        Map<String, String> attributes = message.attributes();
        return new EventMetadata(
                message.id(),
                message.aggregateType(),
                message.type(),
                message.key(),
                message.routingKey(),
                Objects.requireNonNullElse(read(attributes, HeaderNames.SCHEMA_VERSION, Integer::valueOf), 1),
                Objects.requireNonNullElse(read(attributes, HeaderNames.SEQUENCE, Long::valueOf), 0L),
                Objects.requireNonNullElseGet(read(attributes, HeaderNames.TIME, Instant::parse), Instant::now),
                read(attributes, HeaderNames.NOT_BEFORE, Instant::parse),
                attributes.get(HeaderNames.CORRELATION_ID),
                attributes.get(HeaderNames.CAUSATION_ID),
                message.headers(),
                attempt);
    }

    /** What an attribute says; null if it is missing. */
    private static <T> @Nullable T read(Map<String, String> attributes, String name, Function<String, T> parser)
            throws UnreadableMessageException {
        String text = attributes.get(name);
        try {
            return text == null ? null : parser.apply(text);
        } catch (NumberFormatException | DateTimeException e) {
            throw new UnreadableMessageException("the attribute " + name + " cannot be read: " + e.getMessage(), null);
        }
    }

    /** The registered definition of a message's event. */
    Optional<EventDefinition<?>> definition(Message message) {
        return registry.find(message.aggregateType(), message.type());
    }

    /** A fresh payload from a message. */
    Object decode(Message message, EventDefinition<?> definition) throws UnreadableMessageException {
        return call(
                () -> codec.decode(message.body(), definition.payloadType()),
                e -> new UnreadableMessageException(
                        "the payload is no " + definition.payloadType().getName(), e));
    }

    static RawEvent raw(Message message) {
        return new RawEvent(
                message.aggregateType(),
                message.type(),
                message.key(),
                message.contentType(),
                message.body().clone());
    }

    private static Event<?> inheritOrigin(Event<?> event, Event<?> cause) {
        String correlationId = event.correlationId();
        String causationId = event.causationId();
        Event<?> caused = event.causedBy(cause);
        Event<?> correlated = correlationId == null ? caused : caused.withCorrelationId(correlationId);
        return causationId == null ? correlated : correlated.withCausationId(causationId);
    }

    private Message ofRaw(RawEvent raw, EventMetadata metadata) {
        String key = metadata.key() == null ? raw.key() : metadata.key();
        byte[] body = raw.body().clone();
        return message(metadata, raw.aggregateType(), raw.type(), key, 1, raw.contentType(), body);
    }

    private <T> Message ofRegistered(T payload, EventMetadata metadata) {
        @SuppressWarnings("unchecked") // the class of an object is one of its own type
        Class<T> payloadType = (Class<T>) payload.getClass();
        EventDefinition<T> definition = registry.find(payloadType)
                .orElseThrow(() -> new InvalidEventException(
                        metadata.id(),
                        payloadType.getName() + " is not registered; give it to the builder's events(...)",
                        null));
        return message(
                metadata,
                definition.aggregateType(),
                definition.type(),
                key(payload, metadata, definition),
                definition.schemaVersion(),
                codec.contentType(),
                encodePayload(payload, metadata));
    }

    private static <T> @Nullable String key(T payload, EventMetadata metadata, EventDefinition<T> definition) {
        if (metadata.key() != null) {
            return metadata.key();
        }
        return call(
                () -> definition.key().apply(payload),
                e -> new InvalidEventException(
                        metadata.id(),
                        "the key of a " + definition.payloadType().getName() + " cannot be read",
                        e));
    }

    private byte[] encodePayload(Object payload, EventMetadata metadata) {
        return call(
                () -> Objects.requireNonNull(codec.encode(payload), "the codec returned null"),
                e -> new InvalidEventException(
                        metadata.id(), "a " + payload.getClass().getName() + " cannot be encoded", e));
    }

    /** Calls what is not ours. What it throws is about this one event, unless the JVM itself is in trouble. */
    private static <T extends @Nullable Object, E extends Exception> T call(
            Callable<T> foreign, Function<Throwable, E> refusal) throws E {
        try {
            return foreign.call();
        } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
            throw refusal.apply(e);
        }
    }

    private Message message(
            EventMetadata metadata,
            String aggregateType,
            String type,
            @Nullable String key,
            int definedVersion,
            String contentType,
            byte[] body) {
        String routingKey = metadata.routingKey();
        int version = metadata.schemaVersion() == 0 ? definedVersion : metadata.schemaVersion();
        return new Message(
                metadata.id(),
                aggregateType,
                type,
                key,
                routingKey == null ? Message.typeKey(aggregateType, type) : routingKey,
                contentType,
                attributes(metadata, key, version),
                metadata.headers(),
                body);
    }

    private Map<String, String> attributes(EventMetadata metadata, @Nullable String key, int version) {
        Map<String, String> attributes = new HashMap<>();
        attributes.put(HeaderNames.SOURCE, source);
        attributes.put(HeaderNames.TIME, metadata.occurredAt().toString());
        attributes.put(HeaderNames.SCHEMA_VERSION, Integer.toString(version));
        if (metadata.aggregateVersion() > 0) {
            attributes.put(HeaderNames.SEQUENCE, Long.toString(metadata.aggregateVersion()));
        }
        BiConsumer<String, @Nullable String> ifGiven = (name, value) -> {
            if (value != null) {
                attributes.put(name, value);
            }
        };
        Instant notBefore = metadata.notBefore();
        ifGiven.accept(HeaderNames.NOT_BEFORE, notBefore == null ? null : notBefore.toString());
        ifGiven.accept(HeaderNames.SUBJECT, key);
        ifGiven.accept(HeaderNames.CORRELATION_ID, metadata.correlationId());
        ifGiven.accept(HeaderNames.CAUSATION_ID, metadata.causationId());
        return attributes;
    }

    private static void requireSoon(Event<?> event) {
        Instant notBefore = event.notBefore();
        if (notBefore != null && notBefore.isAfter(Instant.now().plus(Event.LONGEST_DELAY))) {
            throw new InvalidEventException(
                    event.id(),
                    "it is not to be handled before " + notBefore + ", which is more than " + Event.LONGEST_DELAY
                            + " ahead; publish it later",
                    null);
        }
    }

    private static void require(boolean good, String problem) throws UnreadableMessageException {
        if (!good) {
            throw new UnreadableMessageException(problem, null);
        }
    }
}
