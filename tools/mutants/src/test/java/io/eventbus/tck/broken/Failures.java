package io.eventbus.tck.broken;

import io.eventbus.spi.TransportException;
import io.eventbus.spi.TransportException.Kind;
import io.eventbus.spi.TransportException.Outcome;

/** What the broker says when it does not do something. Nothing was done, but for what was {@link #lost}. */
final class Failures {

    private Failures() {}

    static TransportException closed(String what) {
        return new TransportException(Kind.UNAVAILABLE, Outcome.NOT_ACCEPTED, what + " is closed", null);
    }

    /** The way to the broker is gone, and nobody knows how far what was asked had come. */
    static TransportException lost(String how, Exception cause) {
        return new TransportException(Kind.UNAVAILABLE, Outcome.UNKNOWN, how + ": " + cause, cause);
    }

    /** A failed send as a transport tells of it that may not know whether it was done. */
    static TransportException asToldBy(TransportMutant mutant, TransportException failure) {
        return mutant == TransportMutant.UNSURE && failure.kind() != Kind.DENIED
                ? new TransportException(failure.kind(), Outcome.UNKNOWN, failure.getMessage(), failure)
                : failure;
    }

    static TransportException refused(String why) {
        return new TransportException(Kind.REJECTED, Outcome.NOT_ACCEPTED, why, null);
    }

    static TransportException full(String why) {
        return new TransportException(Kind.FULL, Outcome.NOT_ACCEPTED, why, null);
    }

    static TransportException denied(String what) {
        return new TransportException(Kind.DENIED, Outcome.NOT_ACCEPTED, what + " is refused", null);
    }

    static TransportException conflict(String why) {
        return new TransportException(Kind.CONFLICT, Outcome.NOT_ACCEPTED, why, null);
    }
}
