package io.eventbus.inmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.eventbus.spi.TransportException;
import io.eventbus.spi.TransportException.Kind;
import io.eventbus.spi.TransportException.Outcome;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What the broker said when it refused. */
final class Refused {
    private Refused() {}

    /** Makes sure that a call is refused for the expected reason, and returns the message for people. */
    static String by(ThrowingCallable call, Kind expected) {
        TransportException refusal = catchThrowableOfType(TransportException.class, call);
        assertThat(refusal).as("refusal").isNotNull();
        assertThat(refusal.kind()).isEqualTo(expected);
        assertThat(refusal.outcome()).isEqualTo(Outcome.NOT_ACCEPTED);
        return refusal.getMessage();
    }
}
