package io.eventbus.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RateTest {

    @Test
    @DisplayName("50 in half a second are 100 a second")
    void perSecond() {
        assertThat(Rate.perSecond(50, 500_000_000)).isEqualTo(100);
    }
}
