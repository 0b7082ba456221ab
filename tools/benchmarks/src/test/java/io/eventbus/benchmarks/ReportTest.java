package io.eventbus.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReportTest {

    @Test
    @DisplayName("each ratio is that of one round: its spread is not that of the figures")
    void ratios() {
        Result result = new Result(Subject.RABBITMQ, 200, rounds(10, 20, 30), rounds(20, 40, 60));
        assertThat(result.ratio(Quantity.CONSUME_RATE)).isEqualTo(new Spread(0.5, 0.5, 0.5));
    }

    @Test
    @DisplayName("there is a table for each unit, with a row for each quantity")
    void tables() {
        Result result =
                new Result(Subject.RABBITMQ, 200, rounds(10_000, 20_000, 30_000), rounds(50_000, 50_000, 50_000));
        assertThat(new Report(List.of(result), 3, 0.5).markdown())
                .contains("each figure 3 times for at most 0.5 s")
                .contains("""

                        | transport | bytes | events/s | bus | raw client | bus / raw |
                        |---|--:|---|--:|--:|--:|
                        | rabbitmq | 200 | publish | 20,000 (10,000–30,000) | 50,000 (50,000–50,000) | 0.40 (0.20–0.60) |
                        | rabbitmq | 200 | consume |""")
                .contains("| transport | bytes | µs | bus |", "| publish, p50 |", "| end to end, p99 |");
    }

    @Test
    @DisplayName("where there is no raw client there is no ratio")
    void noRaw() {
        Result result = new Result(Subject.MEMORY, 200, rounds(100), List.of());
        assertThat(new Report(List.of(result), 1, 1).markdown())
                .contains("| memory | 200 | publish | 100 (100–100) | – | – |");
    }

    /** Rounds in each of which all quantities have the same value. */
    private static List<Map<Quantity, Double>> rounds(double... values) {
        return DoubleStream.of(values)
                .mapToObj(value ->
                        Arrays.stream(Quantity.values()).collect(Collectors.toMap(Function.identity(), each -> value)))
                .toList();
    }
}
