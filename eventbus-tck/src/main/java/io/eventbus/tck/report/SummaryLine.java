package io.eventbus.tck.report;

import io.eventbus.tck.RuleResult;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** One transport's line of the summary: how many rules ended how. */
record SummaryLine(String transport, Collection<RuleResult> rules, Duration time) {

    private static final String HEAD = String.format(
            Locale.ROOT,
            "%-16s %6s %7s %8s %5s %7s %13s %6s %10s\n",
            "transport",
            "rules",
            "passed",
            "refused",
            "n/a",
            "failed",
            "inconclusive",
            "error",
            "time");

    static String table(List<SummaryLine> lines) {
        return lines.stream().map(SummaryLine::format).collect(Collectors.joining("", HEAD, ""));
    }

    private String format() {
        return String.format(
                Locale.ROOT,
                "%-16s %6d %7d %8d %5d %7d %13d %6d %8.1f s\n",
                transport,
                rules.size(),
                count(RuleResult.PASS),
                count(RuleResult.REFUSED),
                count(RuleResult.NOT_APPLICABLE),
                count(RuleResult.FAIL),
                count(RuleResult.INCONCLUSIVE),
                count(RuleResult.ERROR),
                time.toMillis() / 1000.0);
    }

    private long count(RuleResult result) {
        return rules.stream().filter(rule -> rule == result).count();
    }
}
