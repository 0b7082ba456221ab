package io.eventbus.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class QuietWindowTest {

    @Test
    @DisplayName("A window is 20 times the 99th percentile of the latency")
    void scaled() {
        Latencies latencies = new Latencies();
        for (int millis = 1; millis <= 100; millis++) {
            latencies.add(Duration.ofMillis(millis));
        }
        assertThat(latencies.p99()).isEqualTo(Duration.ofMillis(99));
        assertThat(QuietWindow.calibrated(latencies).length()).isEqualTo(Duration.ofMillis(1980));
    }

    @Test
    @DisplayName("A window is never shorter than 300 ms")
    void minimum() {
        Latencies latencies = new Latencies();
        assertThat(QuietWindow.calibrated(latencies).length()).isEqualTo(Duration.ofMillis(300));
        latencies.add(Duration.ofMillis(15));
        assertThat(latencies.p99()).isEqualTo(Duration.ofMillis(15));
        assertThat(QuietWindow.calibrated(latencies).length()).isEqualTo(Duration.ofMillis(300));
    }

    @Test
    @DisplayName("It watches for its whole length")
    void wholeLength() {
        long start = System.nanoTime();
        new QuietWindow(Duration.ofMillis(30)).holds("silence", () -> true);
        assertThat(System.nanoTime() - start)
                .isGreaterThanOrEqualTo(Duration.ofMillis(30).toNanos());
    }

    @Test
    @DisplayName("A time in which it cannot look does not count")
    void standsStill() {
        AtomicInteger asked = new AtomicInteger();
        Deadline still = Deadline.after(Duration.ofMillis(200));
        new QuietWindow(Duration.ofMillis(100)).holds("silence", () -> {
            while (!still.expired()) {
                LockSupport.parkNanos(still.remainingNanos());
            }
            return asked.incrementAndGet() > 0;
        });
        assertThat(asked).hasValueGreaterThanOrEqualTo(5);
    }

    @Test
    @DisplayName("It fails as soon as the condition does")
    void violated() {
        AtomicInteger asked = new AtomicInteger();
        assertThatThrownBy(
                        () -> new QuietWindow(Duration.ofHours(1)).holds("silence", () -> asked.incrementAndGet() < 3))
                .isInstanceOf(AssertionError.class)
                .hasMessage("did not hold for 3600000 ms: silence");
    }

    @Test
    @DisplayName("It asks once more at its end")
    void asksAtTheEnd() {
        AtomicInteger asked = new AtomicInteger();
        new QuietWindow(Duration.ZERO).holds("silence", () -> asked.incrementAndGet() > 0);
        assertThat(asked).hasValue(1);
    }
}
