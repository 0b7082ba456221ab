package io.eventbus.tck.report;

import java.util.Comparator;

/** The order of rules: by area, then by number, so that ACK-10 comes after ACK-9. */
final class RuleNumber {

    static final Comparator<String> ORDER = Comparator.comparing(RuleNumber::area)
            .thenComparing(String::length)
            .thenComparing(Comparator.naturalOrder());

    private RuleNumber() {}

    private static String area(String rule) {
        return rule.substring(0, rule.indexOf('-') + 1);
    }
}
