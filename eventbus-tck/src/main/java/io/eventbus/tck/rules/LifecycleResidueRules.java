package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventbus.Binding;
import io.eventbus.BrokerException;
import io.eventbus.BusClosedException;
import io.eventbus.EventBus;
import io.eventbus.SubscriptionOptions;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Inconclusive;
import io.eventbus.tck.Kit;
import io.eventbus.tck.NewThreads;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.Witness;
import io.eventbus.tck.net.TcpProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** LIF: what is left of a bus that was closed, or could not be opened. Looks at the whole JVM. */
@Conformance
@Isolated("counts the threads of the JVM")
public class LifecycleResidueRules {

    private static final int CYCLES = 50;
    private static final Duration END = Duration.ofSeconds(10);
    private static final Duration OPEN_TIMEOUT = Duration.ofSeconds(1);

    /** What start may take beyond the open time-out: half a second for a transport to say so, and the closing of everything. */
    private static final Duration OPEN_SLACK = Duration.ofSeconds(2);

    /** Run by JUnit. */
    public LifecycleResidueRules() {}

    @Test
    @Rule("LIF-4")
    @DisplayName("no thread, no connection and no object is left of buses that were opened, used and closed")
    final void nothingLeft(Kit kit) {
        NewThreads threads = NewThreads.fromNow();
        List<WeakReference<Object>> used = kit.environment().address().isPresent()
                ? openUseCloseByProxy(kit)
                : openUseClose(kit, kit.environment().url());
        assertNoThreadLeft(kit, threads);
        assertCollected(kit, used);
    }

    /** Once for all three: on a real broker, this is where the time goes. */
    private static List<WeakReference<Object>> openUseCloseByProxy(Kit kit) {
        try (TcpProxy proxy = kit.environment().proxy()) {
            List<WeakReference<Object>> used = openUseClose(kit, urlBy(kit, proxy));
            Inconclusive.unless(proxy.traffic().accepted() >= CYCLES, "a connection for each bus at the proxy");
            assertNoConnectionLeft(kit, proxy);
            return used;
        }
    }

    /** What must be garbage afterwards. */
    private static List<WeakReference<Object>> openUseClose(Kit kit, String url) {
        String topic = kit.name("topic");
        String group = kit.name("group");
        List<WeakReference<Object>> used = new ArrayList<>();
        for (int i = 0; i < CYCLES; i++) {
            Witness handler = Witness.failing(event -> event.payload().number() == 1 && event.attempt() == 1);
            try (EventBus bus = kit.looseBuilder(url).topic(topic).group(group).build()) {
                openAndUse(kit, bus, handler);
                used.add(new WeakReference<>(bus));
                used.add(new WeakReference<>(handler));
            }
        }
        return used;
    }

    private static void openAndUse(Kit kit, EventBus bus, Witness handler) {
        Witness ephemeral = new Witness();
        bus.subscribe(Sample.Placed.class, handler);
        bus.subscribe(
                Binding.type(Sample.Placed.class),
                ephemeral,
                SubscriptionOptions.defaults().asEphemeral());
        bus.start();
        bus.publish(List.of(Sample.placed("a", 1), Sample.placed("b", 2)));
        kit.await().precondition().count("a failed and two good handlings", handler.calls(), 3);
        kit.await().precondition().count("two handlings without a group", ephemeral.calls(), 2);
    }

    private static String urlBy(Kit kit, TcpProxy proxy) {
        return kit.environment().url(proxy.host(), proxy.port());
    }

    private static void assertNoThreadLeft(Kit kit, NewThreads threads) {
        assertEquals(List.of(), threads.remaining(kit.timing().times(END)), "threads that are left");
    }

    private static void assertNoConnectionLeft(Kit kit, TcpProxy proxy) {
        kit.timing()
                .await(END)
                .until("the end of all connections", () -> proxy.traffic().live() == 0);
    }

    private static void assertCollected(Kit kit, List<WeakReference<Object>> references) {
        kit.await().until("the collection of all that was used", () -> {
            System.gc();
            return references.stream().allMatch(reference -> reference.get() == null);
        });
    }

    @Test
    @Rule("LIF-5")
    @DisplayName("opening at a port where nothing listens fails in time and leaves nothing running")
    final void closedPort(Kit kit) {
        kit.requireNetwork();
        openFails(kit, kit.environment().url(InetAddress.getLoopbackAddress().getHostAddress(), freePort()));
    }

    @Test
    @Rule("LIF-5")
    @DisplayName("opening at a port that never answers fails in time and leaves nothing running")
    final void silentPort(Kit kit) {
        kit.requireNetwork();
        TcpProxy proxy = kit.closing(kit.environment().proxy());
        proxy.silence();
        NewThreads threads = NewThreads.fromNow();
        List<WeakReference<Object>> used = failToOpen(kit, urlBy(kit, proxy));
        Inconclusive.unless(proxy.traffic().accepted() > 0, "a connection that is never answered");
        proxy.heal();
        assertNoConnectionLeft(kit, proxy);
        proxy.close();
        assertNoThreadLeft(kit, threads);
        assertCollected(kit, used);
    }

    @Test
    @Rule("LIF-5")
    @DisplayName("opening at a host that does not exist fails in time and leaves nothing running")
    final void unknownHost(Kit kit) {
        InetSocketAddress broker = kit.requireNetwork();
        openFails(kit, kit.environment().url("no-such-host.invalid", broker.getPort()));
    }

    private static void openFails(Kit kit, String url) {
        NewThreads threads = NewThreads.fromNow();
        List<WeakReference<Object>> used = failToOpen(kit, url);
        assertNoThreadLeft(kit, threads);
        assertCollected(kit, used);
    }

    private static List<WeakReference<Object>> failToOpen(Kit kit, String url) {
        Witness handler = new Witness();
        EventBus bus = kit.looseBuilder(url)
                .topic(kit.name("topic"))
                .group(kit.name("group"))
                .openTimeout(OPEN_TIMEOUT)
                .build();
        bus.subscribe(Sample.Placed.class, handler);
        long start = System.nanoTime();
        assertThrows(BrokerException.class, bus::start);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        Duration limit = OPEN_TIMEOUT.plus(kit.timing().slack(OPEN_SLACK));
        assertTrue(took.compareTo(limit) <= 0, "failing took " + took + " of at most " + limit);
        assertThrows(BusClosedException.class, () -> bus.publish(Sample.placed("key", 1)));
        return List.of(new WeakReference<>(bus), new WeakReference<>(handler));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port", e);
        }
    }
}
