package io.eventbus;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event: a payload and what is known about it. The envelope to publish with, and what every handler gets.
 * Immutable, apart from what a mutable payload allows; each handler and each attempt gets a payload of its own.
 *
 * @param payload what happened
 * @param metadata everything else
 * @param <T> the payload's type
 */
public record Event<T>(T payload, EventMetadata metadata) {

    /** The longest that an event may be told to wait: brokers end the session of a member that holds one for much longer. */
    public static final Duration LONGEST_DELAY = Duration.ofMinutes(15);

    /** Refuses nulls. */
    public Event {
        Objects.requireNonNull(payload, "payload");
        Objects.requireNonNull(metadata, "metadata");
    }

    /**
     * An event to publish, with a random id, which happened now.
     *
     * @param payload an instance of a registered class, or a {@link RawEvent}
     * @param <T> the payload's type
     * @return the envelope
     */
    public static <T> Event<T> of(T payload) {
        Instant now = Instant.now();
        String id = UUID.randomUUID().toString();
        return new Event<>(
                payload, new EventMetadata(id, "", "", null, null, 0, 0, now, null, null, null, Map.of(), 0));
    }

    /**
     * Unique; the same on every delivery, retry and replay. Lets a handler recognise a duplicate.
     *
     * @return the event's id
     */
    public String id() {
        return metadata.id();
    }

    /**
     * The logical type.
     *
     * @return such as {@code OrderPlaced}; empty on an event that was not delivered
     */
    public String type() {
        return metadata.type();
    }

    /**
     * The kind of thing that the event is about.
     *
     * @return such as {@code Order}; empty on an event that was not delivered
     */
    public String aggregateType() {
        return metadata.aggregateType();
    }

    /**
     * Which thing it is about.
     *
     * @return the key, or null for none
     */
    public @Nullable String key() {
        return metadata.key();
    }

    /**
     * When it happened, by the publisher's clock.
     *
     * @return the instant
     */
    public Instant occurredAt() {
        return metadata.occurredAt();
    }

    /**
     * Before when no handler gets it.
     *
     * @return the instant, or null for at once
     */
    public @Nullable Instant notBefore() {
        return metadata.notBefore();
    }

    /**
     * What the event belongs to.
     *
     * @return the correlation id, or null
     */
    public @Nullable String correlationId() {
        return metadata.correlationId();
    }

    /**
     * The id of the event that caused this one.
     *
     * @return the causation id, or null
     */
    public @Nullable String causationId() {
        return metadata.causationId();
    }

    /**
     * The user's headers.
     *
     * @return immutable
     */
    public Map<String, String> headers() {
        return metadata.headers();
    }

    /**
     * Which attempt at handling the event this is.
     *
     * @return counted from 1; 0 on an event that was not delivered
     */
    public int attempt() {
        return metadata.attempt();
    }

    /**
     * Whether an attempt of this handler's group failed before.
     *
     * @return true from the second attempt on
     */
    public boolean redelivered() {
        return metadata.attempt() > 1;
    }

    /**
     * With another id, such as one that makes publishing idempotent for the handlers.
     *
     * @param id 1 to 200 bytes in UTF-8, no control characters
     * @return a copy
     */
    public Event<T> withId(String id) {
        return with(metadata.withIdentity(id, metadata.aggregateVersion(), metadata.occurredAt()));
    }

    /**
     * With a key other than the one that the payload's definition yields.
     *
     * @param key the key
     * @return a copy
     */
    public Event<T> withKey(String key) {
        Objects.requireNonNull(key, "key");
        return with(metadata.withRouting(key, metadata.routingKey(), metadata.headers()));
    }

    /**
     * With a routing key other than {@code aggregateType.type}. Subscriptions by type do not look at it.
     *
     * @param routingKey any text that the transport can carry, also empty
     * @return a copy
     */
    public Event<T> withRoutingKey(String routingKey) {
        Objects.requireNonNull(routingKey, "routingKey");
        return with(metadata.withRouting(metadata.key(), routingKey, metadata.headers()));
    }

    /**
     * With a header, in place of one of the same name.
     *
     * @param name any text that is not empty; case matters
     * @param value any text
     * @return a copy
     */
    public Event<T> withHeader(String name, String value) {
        Map<String, String> headers = new HashMap<>(metadata.headers());
        headers.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
        return withHeaders(headers);
    }

    /**
     * With these headers in place of all others.
     *
     * @param headers names and values
     * @return a copy
     */
    public Event<T> withHeaders(Map<String, String> headers) {
        return with(metadata.withRouting(metadata.key(), metadata.routingKey(), headers));
    }

    /**
     * With a correlation id. An event published inside a handler has that of the handled event by default.
     *
     * @param correlationId what the event belongs to
     * @return a copy
     */
    public Event<T> withCorrelationId(String correlationId) {
        Objects.requireNonNull(correlationId, "correlationId");
        return with(metadata.withOrigin(correlationId, metadata.causationId()));
    }

    /**
     * With a causation id. An event published inside a handler has the id of the handled event by default.
     *
     * @param causationId the id of the event that caused this one
     * @return a copy
     */
    public Event<T> withCausationId(String causationId) {
        Objects.requireNonNull(causationId, "causationId");
        return with(metadata.withOrigin(metadata.correlationId(), causationId));
    }

    /**
     * With the causation of a handled event: its id as causation id, and its correlation id or, lacking one, its id as
     * correlation id. Inside a handler the bus does this by itself.
     *
     * @param cause the handled event
     * @return a copy
     */
    public Event<T> causedBy(Event<?> cause) {
        String inherited = cause.correlationId();
        return with(metadata.withOrigin(inherited == null ? cause.id() : inherited, cause.id()));
    }

    /**
     * With the version that the aggregate has after this event.
     *
     * @param aggregateVersion above zero
     * @return a copy
     */
    public Event<T> withAggregateVersion(long aggregateVersion) {
        return with(metadata.withIdentity(id(), aggregateVersion, occurredAt()));
    }

    /**
     * With another time of occurrence.
     *
     * @param occurredAt when it happened
     * @return a copy
     */
    public Event<T> withOccurredAt(Instant occurredAt) {
        return with(metadata.withIdentity(id(), metadata.aggregateVersion(), occurredAt));
    }

    /**
     * With a time before which no handler gets it: for what has to be tried again a little later, not for calendars. Until then
     * it is held by the member that has it, as between two attempts: it has no thread, and what comes later of its key waits
     * behind it; but it is in flight, and {@code maxInFlight} of these are all that a membership takes. A retry or a replay after
     * that time has no effect on it.
     *
     * @param notBefore by the clock of who handles it; when the event is published, at most {@link #LONGEST_DELAY} ahead, or it is
     *     refused with {@link InvalidEventException}. What has passed means at once
     * @return a copy
     */
    public Event<T> withNotBefore(Instant notBefore) {
        return with(metadata.withNotBefore(Objects.requireNonNull(notBefore, "notBefore")));
    }

    /** Names the event and leaves out what may be private: payload and headers. */
    @Override
    public String toString() {
        return "Event[" + metadata.aggregateType() + "." + metadata.type() + ", id " + id() + ", key " + key() + "]";
    }

    private Event<T> with(EventMetadata changed) {
        return new Event<>(payload, changed);
    }
}
