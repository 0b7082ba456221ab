package io.eventbus.benchmarks;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The results as Markdown: a table for each unit.
 *
 * @param results what was found
 * @param rounds how many times
 * @param seconds how long each stage took at most
 */
record Report(List<Result> results, int rounds, double seconds) {

    String markdown() {
        return heading() + Stream.of(Quantity.Unit.values()).map(this::table).collect(Collectors.joining("\n"));
    }

    private String heading() {
        return "%s, %d processors, Java %s; each figure %d times for at most %s s: median (lowest–highest).\n\n"
                .formatted(
                        System.getProperty("os.name"),
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("java.version"),
                        rounds,
                        seconds);
    }

    private String table(Quantity.Unit unit) {
        String head = "| transport | bytes | %s | bus | raw client | bus / raw |\n|---|--:|---|--:|--:|--:|\n"
                .formatted(unit);
        return head + results.stream().flatMap(result -> rows(result, unit)).collect(Collectors.joining());
    }

    private static Stream<String> rows(Result result, Quantity.Unit unit) {
        return Stream.of(Quantity.values())
                .filter(quantity -> quantity.unit() == unit)
                .map(quantity -> "| %s | %d | %s | %s | %s | %s |\n"
                        .formatted(
                                result.subject(),
                                result.size(),
                                quantity,
                                Figures.of(result.bus(quantity)),
                                Figures.of(result.raw(quantity)),
                                Figures.of(result.ratio(quantity))));
    }
}
