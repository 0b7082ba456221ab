package io.eventbus.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    @Test
    @DisplayName("of 1 to 1000 microseconds half take at most 500, and 99 of 100 at most 990")
    void percentiles() {
        Latencies latencies = new Latencies();
        for (int micros = 1; micros <= 1000; micros++) {
            latencies.record(micros * 1000L);
        }
        assertThat(latencies.count()).isEqualTo(1000);
        assertThat(latencies.median()).isCloseTo(500, within(1.0));
        assertThat(latencies.high()).isCloseTo(990, within(1.0));
    }
}
