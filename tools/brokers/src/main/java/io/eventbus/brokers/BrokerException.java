package io.eventbus.brokers;

import org.jspecify.annotations.Nullable;

/** No broker could be had, or it did not do as told. The message says what happened and what to do. */
public final class BrokerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    BrokerException(String message) {
        this(message, null);
    }
}
