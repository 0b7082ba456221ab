package io.eventbus.tck.report;

import io.eventbus.tck.RuleResult;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One test of one rule on one transport, and how it ended.
 *
 * @param transport the transport's name
 * @param rule the rule's number
 * @param test the test's display name
 * @param capability the capability that the test is about, or empty
 * @param result how it ended
 * @param time how long it took
 * @param detail why it did not pass, or empty
 */
public record RuleRun(
        String transport,
        String rule,
        String test,
        String capability,
        RuleResult result,
        Duration time,
        String detail) {

    private static final String PREFIX = "eventbus.tck.";
    private static final String TRANSPORT = PREFIX + "transport";
    private static final String RULE = PREFIX + "rule";
    private static final String TEST = PREFIX + "test";
    private static final String CAPABILITY = PREFIX + "capability";
    private static final String RESULT = PREFIX + "result";
    private static final String NANOS = PREFIX + "nanos";
    private static final String DETAIL = PREFIX + "detail";

    /** {@return this run as the values of a JUnit report entry, for {@code ExtensionContext.publishReportEntry}} */
    public Map<String, String> toReportEntry() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put(TRANSPORT, transport);
        values.put(RULE, rule);
        values.put(TEST, test);
        values.put(RESULT, result.name());
        values.put(NANOS, Long.toString(time.toNanos()));
        putUnlessBlank(values, CAPABILITY, capability);
        putUnlessBlank(values, DETAIL, detail);
        return values;
    }

    /** JUnit refuses blank values. */
    private static void putUnlessBlank(Map<String, String> values, String name, String value) {
        if (!value.isBlank()) {
            values.put(name, value);
        }
    }

    /**
     * Reads the values of a JUnit report entry.
     *
     * @param values the values
     * @return the run, or empty if the entry is not one of {@link #toReportEntry}
     */
    public static Optional<RuleRun> fromReportEntry(Map<String, String> values) {
        if (!values.containsKey(RULE)) {
            return Optional.empty();
        }
        return Optional.of(new RuleRun(
                value(values, TRANSPORT),
                value(values, RULE),
                value(values, TEST),
                values.getOrDefault(CAPABILITY, ""),
                RuleResult.valueOf(value(values, RESULT)),
                Duration.ofNanos(Long.parseLong(value(values, NANOS))),
                values.getOrDefault(DETAIL, "")));
    }

    private static String value(Map<String, String> values, String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("a report entry of a rule lacks " + name + ": " + values);
        }
        return value;
    }
}
