package io.eventbus.brokers;

import java.net.URI;

/**
 * A broker that was started here, seen from {@link StartedBroker}, which calls in the right order and from one thread at
 * a time.
 */
interface Server {

    /** {@return the URL for clients; it stays the same} */
    URI url();

    /** Ends it at once and returns when it is gone. It may be frozen. */
    void kill();

    /** Starts it after {@link #kill()} and returns when clients can use it. */
    void start();

    void freeze();

    void thaw();

    /** Ends it, in whatever state, and deletes its data. */
    void remove();
}
