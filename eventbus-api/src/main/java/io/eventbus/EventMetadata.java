package io.eventbus;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known about an event besides its payload. Immutable.
 *
 * @param id unique; the same on every delivery, retry and replay
 * @param aggregateType the kind of thing that the event is about; empty until the event is published
 * @param type the logical type; empty until the event is published
 * @param key which thing it is about, or null for none; before publishing null means: as the definition says
 * @param routingKey what routed subscriptions select by, or null for the default {@code aggregateType.type}
 * @param schemaVersion the version of the payload's schema, 1 or more; 0 before publishing means: as the definition says
 * @param aggregateVersion the version of the aggregate after this event, or 0 if not given
 * @param occurredAt when it happened, by the publisher's clock
 * @param notBefore no handler gets it earlier, or null for at once
 * @param correlationId what the event belongs to, or null
 * @param causationId the id of the event that caused this one, or null
 * @param headers the user's headers
 * @param attempt how often this event is being handled, counted from 1; 0 if it was not delivered
 */
public record EventMetadata(
        String id,
        String aggregateType,
        String type,
        @Nullable String key,
        @Nullable String routingKey,
        int schemaVersion,
        long aggregateVersion,
        Instant occurredAt,
        @Nullable Instant notBefore,
        @Nullable String correlationId,
        @Nullable String causationId,
        Map<String, String> headers,
        int attempt) {

    /** Copies the headers and refuses what must not be missing. */
    public EventMetadata {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(aggregateType, "aggregateType");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(occurredAt, "occurredAt");
        headers = Map.copyOf(headers);
    }

    EventMetadata withIdentity(String newId, long newAggregateVersion, Instant newOccurredAt) {
        return new EventMetadata(
                newId,
                aggregateType,
                type,
                key,
                routingKey,
                schemaVersion,
                newAggregateVersion,
                newOccurredAt,
                notBefore,
                correlationId,
                causationId,
                headers,
                attempt);
    }

    EventMetadata withNotBefore(Instant newNotBefore) {
        return new EventMetadata(
                id,
                aggregateType,
                type,
                key,
                routingKey,
                schemaVersion,
                aggregateVersion,
                occurredAt,
                newNotBefore,
                correlationId,
                causationId,
                headers,
                attempt);
    }

    EventMetadata withRouting(@Nullable String newKey, @Nullable String newRoutingKey, Map<String, String> newHeaders) {
        return new EventMetadata(
                id,
                aggregateType,
                type,
                newKey,
                newRoutingKey,
                schemaVersion,
                aggregateVersion,
                occurredAt,
                notBefore,
                correlationId,
                causationId,
                newHeaders,
                attempt);
    }

    EventMetadata withOrigin(@Nullable String newCorrelationId, @Nullable String newCausationId) {
        return new EventMetadata(
                id,
                aggregateType,
                type,
                key,
                routingKey,
                schemaVersion,
                aggregateVersion,
                occurredAt,
                notBefore,
                newCorrelationId,
                newCausationId,
                headers,
                attempt);
    }
}
