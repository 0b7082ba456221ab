package io.eventbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often, and after which pause, a failed event is handled again. */
class RetryPolicyTest {

    private static final long SEED = 20_261_120;

    @Test
    @DisplayName("by default there are 4 attempts, with pauses of 1 s doubling to 60 s and a jitter of 0.1")
    void defaults() {
        assertThat(RetryPolicy.defaults())
                .isEqualTo(new RetryPolicy(4, Duration.ofSeconds(1), Duration.ofSeconds(60), 0.1, Set.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 60000, 1, 1000",
        "1000, 60000, 2, 2000",
        "1000, 60000, 3, 4000",
        "1000, 60000, 6, 32000",
        "1000, 60000, 7, 60000",
        "1000, 60000, 8, 60000",
        "1000, 60000, 1000000, 60000",
        "10, 15, 2, 15",
        "5, 5, 9, 5",
        "0, 1000, 5, 0",
        "0, 0, 1, 0"
    })
    @DisplayName("without jitter the pause is exactly the first one doubled by attempt, up to the longest")
    void exactWithoutJitter(long initial, long max, int attempt, long expected) {
        RetryPolicy policy = policy(initial, max, 0);
        assertThat(policy.delayAfter(attempt, new Random(SEED))).isEqualTo(Duration.ofMillis(expected));
    }

    @ParameterizedTest
    @CsvSource({"1000, 60000, 0.1", "1000, 60000, 1", "1000, 1000, 0.5", "1, 7, 0.9", "0, 10, 1", "30, 40, 0.01"})
    @DisplayName(
            "with jitter no pause is longer than the longest, and each differs from the exact one by the jitter at most")
    void boundedWithJitter(long initial, long max, double jitter) {
        RetryPolicy policy = policy(initial, max, jitter);
        RetryPolicy exact = policy.withJitter(0);
        Random random = new Random(SEED);
        for (int attempt = 1; attempt <= 20; attempt++) {
            double middle = exact.delayAfter(attempt, random).toNanos();
            for (int sample = 0; sample < 1000; sample++) {
                assertThat(policy.delayAfter(attempt, random))
                        .isBetween(Duration.ofNanos((long) Math.floor(middle * (1 - jitter))), Duration.ofNanos((long)
                                Math.ceil(middle * (1 + jitter))))
                        .isBetween(Duration.ZERO, Duration.ofMillis(max));
            }
        }
    }

    @Test
    @DisplayName("jitter makes pauses both shorter and longer")
    void jitterVaries() {
        RetryPolicy policy = policy(1000, 60_000, 0.1);
        Random random = new Random(SEED);
        Supplier<Duration> sample = () -> policy.delayAfter(1, random);
        assertThat(Stream.generate(sample).limit(100))
                .anyMatch(pause -> pause.toMillis() < 1000)
                .anyMatch(pause -> pause.toMillis() > 1000);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, false", "2, 1, true", "2, 2, false", "4, 3, true", "4, 4, false", "4, 5, false"})
    @DisplayName("another attempt follows until there were as many as allowed")
    void boundsAttempts(int maxAttempts, int attempt, boolean again) {
        RetryPolicy policy = RetryPolicy.defaults().withMaxAttempts(maxAttempts);
        assertThat(policy.retries(attempt, new IllegalStateException())).isEqualTo(again);
    }

    @Test
    @DisplayName("none means one attempt")
    void noneIsOneAttempt() {
        assertThat(RetryPolicy.none().maxAttempts()).isEqualTo(1);
    }

    @Test
    @DisplayName("an exception declared not retryable, or a subclass of it, is not tried again")
    void notRetryable() {
        RetryPolicy policy = RetryPolicy.defaults().notRetrying(Set.of(IOException.class));
        assertThat(policy.retries(1, new IOException())).isFalse();
        assertThat(policy.retries(1, new FileNotFoundException())).isFalse();
    }

    @Test
    @DisplayName(
            "an exception that was not declared is tried again, although one that was is its cause or its superclass's")
    void retryable() {
        RetryPolicy policy = RetryPolicy.defaults().notRetrying(Set.of(IOException.class));
        assertThat(policy.retries(1, new Exception(new IOException()))).isTrue();
    }

    @Test
    @DisplayName("a copy differs in what was asked for only")
    void copies() {
        RetryPolicy policy = RetryPolicy.defaults()
                .withMaxAttempts(7)
                .withBackoff(Duration.ofMillis(2), Duration.ofMillis(3))
                .withJitter(0.5)
                .notRetrying(Set.of(IOException.class));
        assertThat(policy)
                .isEqualTo(
                        new RetryPolicy(7, Duration.ofMillis(2), Duration.ofMillis(3), 0.5, Set.of(IOException.class)));
    }

    @Test
    @DisplayName("numbers that make no sense are refused by name")
    void refusesNonsense() {
        RetryPolicy policy = RetryPolicy.defaults();
        Map<String, Runnable> senseless = Map.of(
                "maxAttempts", () -> policy.withMaxAttempts(0),
                "initialDelay", () -> policy.withBackoff(Duration.ofMillis(-1), Duration.ZERO),
                "maxDelay", () -> policy.withBackoff(Duration.ofMillis(2), Duration.ofMillis(1)),
                "jitter", () -> policy.withJitter(1.01));
        senseless.forEach((name, making) -> assertThatIllegalArgumentException()
                .isThrownBy(making::run)
                .withMessageContainingAll(name, "expected"));
    }

    @Test
    @DisplayName("a jitter that is no number is refused")
    void refusesNotANumber() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetryPolicy.defaults().withJitter(Double.NaN))
                .withMessageContaining("jitter");
    }

    private static RetryPolicy policy(long initial, long max, double jitter) {
        return RetryPolicy.defaults()
                .withBackoff(Duration.ofMillis(initial), Duration.ofMillis(max))
                .withJitter(jitter);
    }
}
