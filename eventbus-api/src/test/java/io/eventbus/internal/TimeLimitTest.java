package io.eventbus.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How long a handler may take, and what happens to one that takes longer. */
class TimeLimitTest {

    private static final Duration SHORT = Duration.ofMillis(5);
    private static final Duration LONG = Duration.ofHours(1);

    private final Threads threads = new Threads("test");
    private final CompletableFuture<Void> stage = new CompletableFuture<>();

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
    void leavesOthersAlone() throws InterruptedException {
        TimeLimit limit = new TimeLimit(SHORT, threads);
        limit.left();
        awaitTimers();
        assertThat(Thread.interrupted()).isFalse();
        assertThat(limit.ended()).isFalse();
    }

    @Test
    @DisplayName("a stage that takes longer is cancelled, and counts as late")
    void cancelsStage() {
        TimeLimit limit = new TimeLimit(SHORT, threads);
        limit.returned(stage);
        limit.left();
        assertThat(stage).failsWithin(Duration.ofSeconds(10));
        assertThat(stage).isCancelled();
        assertThat(limit.ended()).isTrue();
    }

    @Test
    @DisplayName("what hangs on a stage that is cancelled does not run on the timer's thread")
    void cancelsAwayFromTheTimer() {
        CompletableFuture<Thread> cancelledBy = stage.handle((done, failure) -> Thread.currentThread());
        TimeLimit limit = new TimeLimit(SHORT, threads);
        limit.returned(stage);
        limit.left();
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
    void endedInTime() throws InterruptedException {
        TimeLimit limit = new TimeLimit(SHORT.multipliedBy(10), threads);
        limit.returned(stage);
        boolean late = limit.ended();
        awaitTimers();
        assertThat(late).isFalse();
        assertThat(stage).isNotDone();
        assertThat(Thread.interrupted()).isFalse();
    }

    /** All timers run on one thread, in the order of their times: what was due before has run then. */
    private void awaitTimers() throws InterruptedException {
        CountDownLatch later = new CountDownLatch(1);
        threads.schedule(later::countDown, SHORT.multipliedBy(50));
        assertThat(later.await(10, TimeUnit.SECONDS)).isTrue();
    }
}
