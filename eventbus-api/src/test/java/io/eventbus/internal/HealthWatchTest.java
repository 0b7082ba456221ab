package io.eventbus.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.Binding;
import io.eventbus.Health;
import io.eventbus.Health.Status;
import io.eventbus.SubscriptionOptions;
import io.eventbus.spi.TransportException;
import io.eventbus.spi.TransportException.Kind;
import io.eventbus.spi.TransportException.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a health listener hears. */
@Timeout(60)
class HealthWatchTest {

    private static final Health UP = new Health(Status.UP, "", Instant.EPOCH);
    private static final Health DOWN = new Health(Status.DOWN, "told to be", Instant.EPOCH);

    private final Arrived<Health> heard = new Arrived<>();
    private final Lifecycle lifecycle = new Lifecycle("a bus");
    private final Threads threads = new Threads("health-watch-test");
    private volatile Health health = UP;

    @AfterEach
    void stop() {
        threads.stop(Duration.ofSeconds(10));
    }

    private HealthWatch running() {
        lifecycle.starting();
        lifecycle.running();
        HealthWatch watch = new HealthWatch(heard::add, lifecycle, threads);
        watch.begin(() -> health);
        return watch;
    }

    private void become(Health next, HealthWatch watch) {
        health = next;
        watch.look();
    }

    @Test
    @DisplayName("a session that is lost is told with the reason, and its return, too")
    void lostSession() {
        try (EngineBench bench = new EngineBench(builder -> builder.onHealth(heard::add))) {
            bench.handle(event -> {});
            bench.start().fail(new TransportException(Kind.UNAVAILABLE, Outcome.UNKNOWN, "the broker is gone", null));
            assertThat(heard.await(0).status()).isEqualTo(Status.DOWN);
            assertThat(heard.await(0).reason()).isEqualTo("group billing of topic orders: the broker is gone");
            assertThat(heard.await(1).status()).isEqualTo(Status.UP);
        }
    }

    @Test
    @DisplayName(
            "a broker that takes all sessions with it is told once, though nothing is published, and once that it is back")
    void lostBroker() {
        FedTransport transport = new FedTransport();
        TransportException gone = new TransportException(Kind.UNAVAILABLE, Outcome.UNKNOWN, "the broker is gone", null);
        try (EngineBench bench = new EngineBench(
                builder -> builder.onHealth(heard::add), transport, System::nanoTime, EngineBench.LONG)) {
            bench.handle(event -> {});
            FedReceiver receiver = bench.start();
            CountDownLatch senderIsLost = new CountDownLatch(1);
            transport.onFlush(() -> {
                transport.onFlush(() -> {});
                throw gone;
            });
            transport.onOpenReceiver(() -> EngineBench.await(senderIsLost));
            transport.onOpenSender(() -> {
                senderIsLost.countDown();
                transport.receivers().await(1);
            });
            receiver.fail(gone);
            heard.await(1);
        }
        assertThat(heard.all()).extracting(Health::status).containsExactly(Status.DOWN, Status.UP);
    }

    @Test
    @DisplayName("of a lost ephemeral subscription its topic is told, and no group: nobody gave it one")
    void lostEphemeralSubscription() {
        try (EngineBench bench = new EngineBench(builder -> builder.onHealth(heard::add))) {
            bench.bus()
                    .subscribe(
                            Binding.raw(Binding.fanout()),
                            event -> {},
                            SubscriptionOptions.defaults().asEphemeral());
            bench.start().fail(new TransportException(Kind.UNAVAILABLE, Outcome.UNKNOWN, "the broker is gone", null));
            assertThat(heard.await(0).reason())
                    .isEqualTo("an ephemeral subscription to topic orders: the broker is gone");
            assertThat(bench.errors().await(0).message())
                    .isEqualTo("the session of an ephemeral subscription to topic orders is lost");
        }
    }

    @Test
    @DisplayName("starting and closing are not told")
    void startAndClose() {
        try (EngineBench bench = new EngineBench(builder -> builder.onHealth(heard::add))) {
            bench.handle(event -> {});
            bench.start();
        }
        assertThat(heard.all()).isEmpty();
    }

    @Test
    @DisplayName("trouble that grows is told once")
    void oncePerChange() {
        HealthWatch watch = running();
        become(DOWN, watch);
        become(new Health(Status.DOWN, "told to be; and more", Instant.EPOCH), watch);
        become(UP, watch);
        become(DOWN, watch);
        heard.await(2);
        assertThat(heard.all()).containsExactly(DOWN, UP, DOWN);
    }

    @Test
    @DisplayName("trouble from before the bus ran is told when it runs")
    void fromTheBeginning() {
        health = DOWN;
        running();
        assertThat(heard.await(0)).isEqualTo(DOWN);
    }

    @Test
    @DisplayName("the end of trouble that passes by itself is told, though nobody asks for a look")
    void passesByItself() {
        become(DOWN, running());
        health = UP;
        assertThat(heard.await(1)).isEqualTo(UP);
    }

    @Test
    @DisplayName("a listener that throws hears of the next change all the same")
    void throwingListener() {
        lifecycle.starting();
        lifecycle.running();
        HealthWatch watch = new HealthWatch(
                changed -> {
                    heard.add(changed);
                    throw new IllegalStateException("told to fail");
                },
                lifecycle,
                threads);
        watch.begin(() -> health);
        become(DOWN, watch);
        become(UP, watch);
        heard.await(1);
        assertThat(heard.all()).containsExactly(DOWN, UP);
    }
}
