package io.eventbus.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

    @ParameterizedTest
    @DisplayName("figures have three digits, and at most two behind the point")
    @CsvSource({
        "1234567, '1,230,000'",
        "12345, '12,300'",
        "999.6, '1,000'",
        "123.4, 123",
        "12.34, 12.3",
        "1.234, 1.23",
        "0.1234, 0.12",
        "0.9999, 1.00",
        "0, 0.00"
    })
    void threeDigits(double value, String text) {
        assertThat(Figures.of(value)).isEqualTo(text);
    }

    @Test
    @DisplayName("a spread shows the median, the lowest and the highest; where there is none stands a dash")
    void spread() {
        assertThat(Figures.of(new Spread(20, 10, 3000))).isEqualTo("20.0 (10.0–3,000)");
        assertThat(Figures.of((Spread) null)).isEqualTo("–");
    }
}
