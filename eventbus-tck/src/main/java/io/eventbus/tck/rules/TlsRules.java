package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventbus.BrokerException;
import io.eventbus.EventBus;
import io.eventbus.EventBusBuilder;
import io.eventbus.spi.TransportException.Kind;
import io.eventbus.tck.Collected;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Inconclusive;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.SecureAccess;
import io.eventbus.tck.jvm.Scratch;
import io.eventbus.tck.net.TcpProxy;
import io.eventbus.tck.tls.Certificates;
import io.eventbus.tck.tls.ServerIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** SEC-1: with TLS a bus speaks to the broker that it looks for, and to nobody else. */
@Conformance
public class TlsRules {

    private static final Duration OPEN_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration SLACK = Duration.ofMillis(1500);

    /** Run by JUnit. */
    public TlsRules() {}

    /** A broker behind TLS, and certificates for it. */
    private record Secured(TcpProxy proxy, Certificates certificates, SecureAccess access) {

        static Secured of(Kit kit) throws IOException {
            kit.requireNetwork();
            Certificates certificates = Certificates.shared();
            Path trusted = Files.writeString(Scratch.folder(kit).resolve("trusted.pem"), certificates.authority());
            TcpProxy proxy = kit.closing(kit.environment().proxy());
            SecureAccess access = kit.environment()
                    .secured(proxy.host(), proxy.port(), trusted)
                    .orElseThrow(
                            () -> new Inconclusive("the harness does not say how to use TLS: " + kit.environment()));
            return new Secured(proxy, certificates, access);
        }

        void show(ServerIdentity identity) {
            proxy.endTls(certificates.server(identity));
        }

        EventBusBuilder builder(Kit kit) {
            EventBusBuilder builder = kit.looseBuilder(access.url())
                    .topic(kit.name("topic"))
                    .group(kit.name("group"))
                    .openTimeout(OPEN_TIMEOUT);
            access.options().forEach(builder::option);
            return builder;
        }
    }

    @Test
    @Rule("SEC-1")
    @DisplayName("a broker with the right certificate is spoken to: an event goes there and comes back")
    final void right(Kit kit) throws IOException {
        Secured secured = Secured.of(kit);
        secured.show(ServerIdentity.RIGHT);
        Collected<Integer> handled = new Collected<>();
        try (EventBus bus = secured.builder(kit).build()) {
            bus.subscribe(
                    Sample.Placed.class, event -> handled.add(event.payload().number()));
            bus.start();
            bus.publish(Sample.placed("key", 1));
            assertEquals(List.of(1), kit.await().count("the event", handled, 1));
        }
        assertTrue(secured.proxy().traffic().bytesToTarget() > 0, "it went through the proxy that ends TLS");
    }

    @Test
    @Rule("SEC-1")
    @DisplayName(
            "a broker whose certificate nobody trusted has signed is told nothing, and the bus fails to start in time")
    final void untrusted(Kit kit) throws IOException {
        refuses(kit, ServerIdentity.UNTRUSTED);
    }

    @Test
    @Rule("SEC-1")
    @DisplayName("a broker whose certificate is for another host is told nothing, and the bus fails to start in time")
    final void otherHost(Kit kit) throws IOException {
        refuses(kit, ServerIdentity.OTHER_HOST);
    }

    @Test
    @Rule("SEC-1")
    @DisplayName("a broker whose certificate has expired is told nothing, and the bus fails to start in time")
    final void expired(Kit kit) throws IOException {
        refuses(kit, ServerIdentity.EXPIRED);
    }

    private static void refuses(Kit kit, ServerIdentity identity) throws IOException {
        Secured secured = Secured.of(kit);
        requireGoodWay(kit, secured);
        secured.show(identity);
        kit.await()
                .precondition()
                .until(
                        "the end of the good way's connections",
                        () -> secured.proxy().traffic().live() == 0);
        long told = secured.proxy().traffic().bytesToTarget();
        try (EventBus bus = secured.builder(kit).build()) {
            long start = System.nanoTime();
            BrokerException refusal = assertThrows(BrokerException.class, bus::start);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            assertEquals(Kind.DENIED, refusal.kind(), refusal::toString);
            Duration limit = OPEN_TIMEOUT.plus(kit.timing().slack(SLACK));
            assertTrue(took.compareTo(limit) <= 0, () -> "failing took " + took + " of at most " + OPEN_TIMEOUT);
        }
        assertEquals(told, secured.proxy().traffic().bytesToTarget(), "bytes that reached the broker");
    }

    /** With the right certificate, nothing else would hold it up. */
    private static void requireGoodWay(Kit kit, Secured secured) {
        secured.show(ServerIdentity.RIGHT);
        try (EventBus bus = secured.builder(kit).build()) {
            bus.start();
        } catch (BrokerException e) {
            throw new Inconclusive("the right certificate does not do either", e);
        }
    }
}
