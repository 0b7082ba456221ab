package io.eventbus.benchmarks;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Numbers as they are read: with three digits, since more would be noise. */
final class Figures {
    private static final MathContext THREE_DIGITS = new MathContext(3);
    private static final int DIGITS_OF_HUNDREDS = 3;

    private Figures() {}

    static String of(double value) {
        BigDecimal rounded = new BigDecimal(value).round(THREE_DIGITS);
        int digits = rounded.precision() - rounded.scale();
        int decimals = Math.min(2, Math.max(0, DIGITS_OF_HUNDREDS - digits));
        return String.format(Locale.ROOT, "%,." + decimals + "f", rounded);
    }

    static String of(@Nullable Spread spread) {
        return spread == null
                ? "–"
                : of(spread.median()) + " (" + of(spread.lowest()) + "–" + of(spread.highest()) + ")";
    }

    static String inOneLine(Map<Quantity, Double> found) {
        return found.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getKey() + " " + of(entry.getValue()) + " "
                        + entry.getKey().unit())
                .collect(Collectors.joining("; "));
    }
}
