package io.eventbus.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How long a handler may take, and what happens to one that takes longer. */
class TimeLimitTest {

    private static final Duration SHORT = Duration.ofMillis(5);
    private static final Duration LONG = Duration.ofHours(1);

    private final Threads threads = new Threads("test");
    private final CompletableFuture<Void> stage = new CompletableFuture<>();
    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void stop() {
        threads.stop(Duration.ofSeconds(10));
    }

    @Test
    @DisplayName("a call that takes longer is interrupted, and counts as late")
    void interruptsCall() {
        TimeLimit limit = new TimeLimit(SHORT, threads);
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> new CountDownLatch(1).await());
        assertThat(limit.ended()).isTrue();
    }

    @Test
    @DisplayName("a call that ends in time is not late")
    void inTime() {
        TimeLimit limit = new TimeLimit(LONG, threads);
        assertThat(limit.ended()).isFalse();
    }

    @Test
    @DisplayName("a thread that has gone on to something else is not interrupted")
    void leavesOthersAlone() {
        TimeLimit limit = heldLimit();
        limit.left();
        runTimers();
        assertThat(Thread.interrupted()).isFalse();
        assertThat(limit.ended()).isFalse();
    }

    @Test
    @DisplayName("a stage that takes longer is cancelled, and counts as late")
    void cancelsStage() {
        TimeLimit limit = heldLimit();
        limit.returned(stage);
        limit.left();
        released.countDown();
        assertThat(stage).failsWithin(Duration.ofSeconds(10));
        assertThat(stage).isCancelled();
        assertThat(limit.ended()).isTrue();
    }

    @Test
    @DisplayName("what hangs on a stage that is cancelled does not run on the timer's thread")
    void cancelsAwayFromTheTimer() {
        CompletableFuture<Thread> cancelledBy = stage.handle((done, failure) -> Thread.currentThread());
        TimeLimit limit = heldLimit();
        limit.returned(stage);
        limit.left();
        released.countDown();
        assertThat(EngineBench.await(cancelledBy).getName()).contains("handler");
    }

    @Test
    @DisplayName("a stage that is returned too late and cannot be cancelled is waited for")
    void waitsForWhatCannotBeCancelled() {
        CompletableFuture<Void> stubborn = new CompletableFuture<>() {
            @Override
            public CompletableFuture<Void> toCompletableFuture() {
                throw new UnsupportedOperationException("told to refuse");
            }
        };
        TimeLimit limit = new TimeLimit(SHORT, threads);
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> new CountDownLatch(1).await());
        assertThatCode(() -> limit.returned(stubborn)).doesNotThrowAnyException();
        assertThat(stubborn).isNotDone();
    }

    @Test
    @DisplayName("a stage that is returned too late is cancelled at once")
    void cancelsLateStage() {
        TimeLimit limit = new TimeLimit(SHORT, threads);
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> new CountDownLatch(1).await());
        limit.returned(stage);
        assertThat(stage).isCancelled();
    }

    @Test
    @DisplayName("what has ended in time is neither interrupted nor cancelled later")
    void endedInTime() {
        TimeLimit limit = heldLimit();
        limit.returned(stage);
        boolean late = limit.ended();
        runTimers();
        stop();
        assertThat(late).isFalse();
        assertThat(stage).isNotDone();
        assertThat(Thread.interrupted()).isFalse();
    }

    /** A limit that is over when the timers run again, however long the test takes until then. */
    private TimeLimit heldLimit() {
        threads.schedule(() -> EngineBench.await(released), Duration.ZERO);
        return new TimeLimit(SHORT, threads);
    }

    /** All timers run on one thread, in the order of their times: what was due before has run then. */
    private void runTimers() {
        CountDownLatch later = new CountDownLatch(1);
        threads.schedule(later::countDown, SHORT);
        released.countDown();
        EngineBench.await(later);
    }
}
