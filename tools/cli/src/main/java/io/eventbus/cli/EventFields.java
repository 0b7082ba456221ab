package io.eventbus.cli;

/** The names of the fields of an event's line. */
final class EventFields {
    static final String ID = "id";
    static final String TIME = "time";
    static final String AGGREGATE_TYPE = "aggregateType";
    static final String TYPE = "type";
    static final String KEY = "key";
    static final String ROUTING_KEY = "routingKey";
    static final String AGGREGATE_VERSION = "aggregateVersion";
    static final String SCHEMA_VERSION = "schemaVersion";
    static final String CORRELATION_ID = "correlationId";
    static final String CAUSATION_ID = "causationId";
    static final String HEADERS = "headers";
    static final String CONTENT_TYPE = "contentType";
    /** The payload, if it is JSON. */
    static final String DATA = "data";
    /** The payload, if it is not. */
    static final String DATA_BASE64 = "dataBase64";

    /** The content type of {@link #DATA} unless another is given. */
    static final String JSON = "application/json";
    /** The content type of {@link #DATA_BASE64} unless another is given. */
    static final String BYTES = "application/octet-stream";

    private EventFields() {}
}
