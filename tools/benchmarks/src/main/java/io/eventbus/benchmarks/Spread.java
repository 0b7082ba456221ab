package io.eventbus.benchmarks;

import java.util.List;

/** What several rounds found: the middle, and how far it went to both sides. */
record Spread(double median, double lowest, double highest) {

    static Spread of(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int size = sorted.size();
        double median = (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
        return new Spread(median, sorted.get(0), sorted.get(size - 1));
    }
}
