package io.eventbus.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    @DisplayName("of an odd number of values the median is the one in the middle")
    void odd() {
        assertThat(Spread.of(List.of(30.0, 10.0, 20.0))).isEqualTo(new Spread(20, 10, 30));
    }

    @Test
    @DisplayName("of an even number of values the median lies between the two in the middle")
    void even() {
        assertThat(Spread.of(List.of(40.0, 10.0, 20.0, 30.0))).isEqualTo(new Spread(25, 10, 40));
    }

    @Test
    @DisplayName("one value is everything")
    void one() {
        assertThat(Spread.of(List.of(10.0))).isEqualTo(new Spread(10, 10, 10));
    }
}
