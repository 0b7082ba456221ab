package io.eventbus.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.opentest4j.AssertionFailedError;

@Timeout(30)
class AwaitTest {

    private final Await hourly = Await.atMost(Duration.ofHours(1));
    private final Await brief = Await.atMost(Duration.ofMillis(50));

    @Test
    @DisplayName("A condition is awaited no longer than until it holds")
    void untilTrue() {
        AtomicInteger asked = new AtomicInteger();
        hourly.until("the third time", () -> asked.incrementAndGet() == 3);
        assertThat(asked).hasValue(3);
    }

    @Test
    @DisplayName("What does not happen fails the test and is named")
    void neverTrue() {
        assertThatThrownBy(() -> brief.until("a miracle", () -> false))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessage("not within 50 ms: a miracle");
    }

    @Test
    @DisplayName("A precondition that is not reached makes the test inconclusive")
    void precondition() {
        assertThatThrownBy(() -> brief.precondition().until("a miracle", () -> false))
                .isInstanceOf(Inconclusive.class)
                .hasMessage("not within 50 ms: a miracle");
    }

    @Test
    @DisplayName("A condition that holds is accepted even when no time is left")
    void noTimeLeft() {
        Await.atMost(Duration.ZERO).until("what is so", () -> true);
    }

    @Test
    @DisplayName("A latch is awaited until it opens; a message says how much is missing")
    void latch() {
        CountDownLatch latch = new CountDownLatch(2);
        assertThatThrownBy(() -> brief.latch("two handlers", latch))
                .hasMessage("not within 50 ms: two handlers (2 still missing)");
        new Thread(latch::countDown).start();
        new Thread(latch::countDown).start();
        hourly.latch("two handlers", latch);
    }

    @Test
    @DisplayName("Collected elements are awaited until there are enough; a message says how many there are")
    void count() {
        Collected<String> seen = new Collected<>();
        seen.add("a");
        assertThatThrownBy(() -> brief.count("two events", seen, 2))
                .hasMessage("not within 50 ms: two events (1 of 2)");
        new Thread(() -> seen.add("b")).start();
        assertThat(hourly.count("two events", seen, 2)).containsExactly("a", "b");
    }

    @Test
    @DisplayName("A stage is awaited for its result")
    void result() {
        CompletableFuture<String> stage = new CompletableFuture<>();
        assertThatThrownBy(() -> brief.result("the publish", stage)).hasMessage("not within 50 ms: the publish");
        new Thread(() -> stage.complete("done")).start();
        assertThat(hourly.result("the publish", stage)).isEqualTo("done");
    }

    @Test
    @DisplayName("A stage that fails instead fails the test with its cause")
    void unwantedFailure() {
        IOException cause = new IOException("broken");
        assertThatThrownBy(() -> hourly.result("the publish", CompletableFuture.failedFuture(cause)))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessage("the publish failed: java.io.IOException: broken")
                .hasCause(cause);
    }

    @Test
    @DisplayName("A stage is awaited for its failure, also through dependent stages")
    void failure() {
        IOException cause = new IOException("broken");
        CompletableFuture<String> stage = CompletableFuture.failedFuture(cause);
        assertThat(hourly.failure("the failure", stage)).isSameAs(cause);
        assertThat(hourly.failure("the failure", stage.thenApply(String::strip)))
                .isSameAs(cause);
        assertThatThrownBy(() -> hourly.failure("the failure", CompletableFuture.completedFuture("fine")))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessage("the failure did not come: the result is fine");
    }

    @Test
    @DisplayName("An interrupt ends a wait and is kept")
    void interrupt() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> hourly.until("a miracle", () -> false)).isInstanceOf(IllegalStateException.class);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThatThrownBy(() -> hourly.latch("a latch", new CountDownLatch(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("interrupted while waiting for a latch");
        assertThat(Thread.interrupted()).isTrue();
    }
}
