package io.eventbus.internal;

import static io.eventbus.internal.EngineBench.awaitParked;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.spi.TransportException;
import io.eventbus.spi.TransportException.Kind;
import io.eventbus.spi.TransportException.Outcome;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When a lost session is opened again. */
@Timeout(60)
class SessionOpenerTest {

    /** Half of the pause, the shortest that there is. */
    private static final RandomGenerator SHORTEST = () -> 0;

    private final TransportException loss = new TransportException(Kind.UNAVAILABLE, Outcome.UNKNOWN, "lost", null);
    private final AtomicLong now = new AtomicLong();
    private final CountDownLatch stop = new CountDownLatch(1);

    private SessionOpener opener(Backoff backoff) {
        return new SessionOpener(backoff, new SessionState("publishing", () -> {}), stop, now::get);
    }

    @Test
    @DisplayName(
            "a session that had lasted is not opened again at once: many buses have lost theirs at the same moment")
    void pausesAfterLoss() throws InterruptedException {
        SessionOpener opener = opener(new Backoff(EngineBench.LONG, EngineBench.LONG, SHORTEST));
        opener.open(() -> "session", failure -> {});
        pass(Duration.ofHours(1));
        Thread session = new Thread(() -> opener.lost(loss));
        session.start();
        awaitParked(session);
        assertThat(session.getState()).isEqualTo(Thread.State.TIMED_WAITING);
        stop.countDown();
        session.join();
    }

    @Test
    @DisplayName(
            "after a session that had lasted the pauses begin again with the first, after another they go on growing")
    void beginsAgain() {
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofHours(1), SHORTEST);
        SessionOpener opener = opener(backoff);
        opener.open(() -> "session", failure -> {});
        stop.countDown();
        opener.lost(loss);
        opener.lost(loss);
        assertThat(backoff.next()).isEqualTo(Duration.ofMillis(200));
        pass(Duration.ofSeconds(2));
        opener.lost(loss);
        assertThat(backoff.next()).isEqualTo(Duration.ofMillis(100));
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
