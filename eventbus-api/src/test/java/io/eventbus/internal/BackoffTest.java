package io.eventbus.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Pauses between tries to open a session. */
class BackoffTest {

    /** Half of the pause, the shortest that there is. */
    private static final RandomGenerator SHORTEST = () -> 0;

    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(1);

    @Test
    @DisplayName("pauses double from the first to the longest")
    void doubles() {
        Backoff backoff = new Backoff(FIRST, LONGEST, SHORTEST);
        assertThat(Stream.generate(backoff::next).limit(6).map(Duration::toMillis))
                .containsExactly(50L, 100L, 200L, 400L, 500L, 500L);
    }

    @Test
    @DisplayName("a pause is shortened by half at most, and never longer than the longest")
    void bounded() {
        Random random = new Random(20_261_120);
        Backoff backoff = new Backoff(FIRST, LONGEST, random);
        assertThat(Stream.generate(backoff::next).limit(1000).skip(4))
                .allSatisfy(pause -> assertThat(pause).isBetween(LONGEST.dividedBy(2), LONGEST));
    }

    @Test
    @DisplayName("pauses differ at random, so that many buses do not come back at once")
    void varies() {
        Random random = new Random(20_261_120);
        assertThat(Stream.generate(() -> new Backoff(FIRST, LONGEST, random).next())
                        .limit(100)
                        .distinct())
                .hasSizeGreaterThan(90);
    }

    @Test
    @DisplayName("after a success it begins again with the first pause")
    void resets() {
        Backoff backoff = new Backoff(FIRST, LONGEST, SHORTEST);
        Stream.generate(backoff::next).limit(5).forEach(pause -> {});
        backoff.reset();
        assertThat(backoff.next()).isEqualTo(FIRST.dividedBy(2));
    }
}
