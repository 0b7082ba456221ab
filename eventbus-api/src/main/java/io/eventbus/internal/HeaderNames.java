package io.eventbus.internal;

/** Every attribute that the engine writes: those of CloudEvents and its extensions, and its own, which begin with eb-. */
final class HeaderNames {
    static final String SOURCE = "source";
    static final String TIME = "time";
    static final String SUBJECT = "subject";
    static final String SEQUENCE = "sequence";
    static final String SCHEMA_VERSION = "schemaversion";
    static final String CORRELATION_ID = "correlationid";
    static final String CAUSATION_ID = "causationid";

    static final String INBOX = "eb-inbox";
    static final String NOT_BEFORE = "eb-not-before";
    static final String REPLAYS = "eb-replays";

    static final String DEAD_LETTER = "eb-dl-";
    static final String REASON = DEAD_LETTER + "reason";
    static final String HANDLERS = DEAD_LETTER + "handlers";
    static final String EXCEPTION_TYPE = DEAD_LETTER + "exception-type";
    static final String EXCEPTION_MESSAGE = DEAD_LETTER + "exception-message";
    static final String STACK = DEAD_LETTER + "stack";
    static final String ATTEMPTS = DEAD_LETTER + "attempts";
    static final String FIRST_FAILURE = DEAD_LETTER + "first-failure";
    static final String LAST_FAILURE = DEAD_LETTER + "last-failure";
    static final String TOPIC = DEAD_LETTER + "topic";
    static final String GROUP = DEAD_LETTER + "group";
    static final String MEMBER = DEAD_LETTER + "member";

    private HeaderNames() {}
}
