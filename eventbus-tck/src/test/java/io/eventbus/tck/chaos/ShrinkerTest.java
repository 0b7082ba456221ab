package io.eventbus.tck.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ShrinkerTest {

    private static final List<Integer> HUNDRED = IntStream.range(0, 100).boxed().toList();

    @Test
    @DisplayName("What fails because of one element shrinks to that element")
    void one() {
        assertThat(Shrinker.shrink(HUNDRED, part -> part.contains(37), part -> true))
                .containsExactly(37);
    }

    @Test
    @DisplayName("What fails because of two elements far apart shrinks to these two, in their order")
    void two() {
        assertThat(Shrinker.shrink(HUNDRED, part -> part.containsAll(List.of(3, 96)), part -> true))
                .containsExactly(3, 96);
    }

    @Test
    @DisplayName("What fails whatever is in the list shrinks to nothing, in one try")
    void nothing() {
        AtomicInteger tries = new AtomicInteger();
        assertThat(Shrinker.shrink(HUNDRED, part -> tries.incrementAndGet() > 0, part -> true))
                .isEmpty();
        assertThat(tries).hasValue(1);
    }

    @Test
    @DisplayName("What never fails again stays as it was")
    void flaky() {
        assertThat(Shrinker.shrink(HUNDRED, part -> false, part -> true)).isEqualTo(HUNDRED);
    }

    @Test
    @DisplayName("When there is no more time, what was found so far is the result")
    void bounded() {
        AtomicInteger tries = new AtomicInteger();
        List<Integer> found = Shrinker.shrink(
                HUNDRED, part -> tries.incrementAndGet() > 0 && part.contains(99), part -> tries.get() < 3);
        assertThat(found).contains(99).hasSizeLessThan(100);
        assertThat(tries).hasValue(3);
    }

    @Test
    @DisplayName("What is too long to be tried is left out, and what is short is tried")
    void shortOnes() {
        AtomicInteger longest = new AtomicInteger();
        List<Integer> found = Shrinker.shrink(
                HUNDRED,
                part -> {
                    longest.accumulateAndGet(part.size(), Math::max);
                    return part.contains(3);
                },
                part -> part.size() <= 50);
        assertThat(found).containsExactly(3);
        assertThat(longest).hasValueLessThanOrEqualTo(50);
    }
}
