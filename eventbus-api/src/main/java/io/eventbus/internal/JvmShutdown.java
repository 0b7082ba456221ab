package io.eventbus.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes a bus when the JVM goes down in order, as it does on SIGTERM. */
final class JvmShutdown {
    private static final Logger LOG = LoggerFactory.getLogger("io.eventbus");

    private final Thread hook;

    JvmShutdown(Threads threads, Runnable close) {
        this.hook = threads.hook(close);
    }

    /** A JVM that goes down already closes nothing that begins only now. */
    void await() {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.warn("the JVM goes down; the bus that starts now is not closed by it", e);
        }
    }

    /** The bus is closed. */
    void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.trace("the JVM goes down, and has begun to call its hooks", e);
        }
    }
}
