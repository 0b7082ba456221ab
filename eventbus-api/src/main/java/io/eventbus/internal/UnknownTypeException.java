package io.eventbus.internal;

/** An event that the registry does not know. */
final class UnknownTypeException extends Exception {
    private static final long serialVersionUID = 1L;

    UnknownTypeException(String event) {
        super(event + " is not registered here; give its class to the builder's events(...)");
    }
}
