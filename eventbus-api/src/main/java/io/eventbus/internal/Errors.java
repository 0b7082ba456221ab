package io.eventbus.internal;

import io.eventbus.BusError;
import io.eventbus.ErrorListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the log and the error listener what no caller is told. */
final class Errors {
    private static final Logger LOG = LoggerFactory.getLogger("io.eventbus");

    private final ErrorListener listener;
    private final Threads threads;

    Errors(ErrorListener listener, Threads threads) {
        this.listener = listener;
        this.threads = threads;
    }

    void report(BusError.Kind kind, String message, @Nullable String eventId, @Nullable Throwable cause) {
        try {
            log(kind, message, cause);
        } catch (RuntimeException | StackOverflowError e) {
            // an exception of the application's that cannot say what it is must not keep its event from its verdict
            LOG.warn("{}: {}, whose message or stack cannot be had", message, nameOf(cause));
        }
        BusError error = new BusError(kind, message, eventId, cause);
        threads.report(() -> tell(error));
    }

    /** Closes what should throw nothing; if it does all the same, that ends nothing else. */
    void closeQuietly(String what, AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception | Error e) {
            report(BusError.Kind.INTERNAL, "closing " + what + " failed", null, e);
        }
    }

    private void tell(BusError error) {
        try {
            listener.onError(error);
        } catch (Throwable e) {
            LOG.warn("the error listener failed on {}", error.kind(), e);
        }
    }

    private static String nameOf(@Nullable Throwable cause) {
        return cause == null ? "no cause" : cause.getClass().getName();
    }

    /** A stack trace only where it helps: not for a broker that is away. */
    private static void log(BusError.Kind kind, String message, @Nullable Throwable cause) {
        switch (kind) {
            case INTERNAL -> LOG.error("{}", message, cause);
            case HANDLER_FAILED -> LOG.warn("{}", message, cause);
            default -> LOG.warn("{}{}", message, cause == null ? "" : ": " + cause.getMessage());
        }
    }
}
