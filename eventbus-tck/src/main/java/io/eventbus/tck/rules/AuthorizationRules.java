package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventbus.BrokerException;
import io.eventbus.EventBus;
import io.eventbus.PublishException;
import io.eventbus.spi.TransportException;
import io.eventbus.spi.TransportException.Kind;
import io.eventbus.spi.TransportException.Outcome;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Witness;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** SEC-2: a refusal is told to whom it concerns, as what it is. */
@Conformance
public class AuthorizationRules {

    private static final Duration OPEN_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration SLACK = Duration.ofMillis(1500);

    /** Run by JUnit. */
    public AuthorizationRules() {}

    @Test
    @Rule("SEC-2")
    @DisplayName("a bus with a wrong password fails to start in time, and says that it was refused")
    final void wrongLogin(Kit kit) {
        String url = kit.wrongLogin();
        try (EventBus bus = kit.looseBuilder(url)
                .topic(kit.name("topic"))
                .openTimeout(OPEN_TIMEOUT)
                .build()) {
            long start = System.nanoTime();
            BrokerException refusal = assertThrows(BrokerException.class, bus::start);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            assertEquals(Kind.DENIED, refusal.kind(), refusal::toString);
            Duration limit = OPEN_TIMEOUT.plus(kit.timing().slack(SLACK));
            assertTrue(took.compareTo(limit) <= 0, () -> "failing took " + took + " of at most " + OPEN_TIMEOUT);
        }
    }

    @Test
    @Rule("SEC-2")
    @DisplayName("a publish without the right to it fails as not accepted, and says that it was refused")
    final void publishing(Kit kit) {
        String url = kit.loginWithoutRights();
        try (EventBus bus = kit.looseBuilder(url).topic(kit.name("topic")).build()) {
            bus.start();
            PublishException failure = assertThrows(PublishException.class, () -> bus.publish(Sample.placed("key", 1)));
            assertEquals(Outcome.NOT_ACCEPTED, failure.outcome(), failure::toString);
            assertTrue(isDenied(failure), failure::toString);
        }
    }

    @Test
    @Rule("SEC-2")
    @DisplayName("a member without the right to its group fails to start, and says that it was refused")
    final void subscribing(Kit kit) {
        String url = kit.loginWithoutRights();
        try (EventBus bus = kit.looseBuilder(url)
                .topic(kit.name("topic"))
                .group(kit.name("group"))
                .build()) {
            bus.subscribe(Sample.Placed.class, new Witness());
            BrokerException refusal = assertThrows(BrokerException.class, bus::start);
            assertEquals(Kind.DENIED, refusal.kind(), refusal::toString);
        }
    }

    private static boolean isDenied(PublishException failure) {
        return failure.getCause() instanceof TransportException cause && cause.kind() == Kind.DENIED;
    }
}
