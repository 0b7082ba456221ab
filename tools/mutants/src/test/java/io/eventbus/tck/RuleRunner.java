package io.eventbus.tck;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.eventbus.tck.report.RuleRun;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Runs tests of rules within a test: by default one after the other, on the unbroken transport and engine. */
final class RuleRunner {

    private static final String PARALLEL = "junit.jupiter.execution.parallel.";

    private final Map<String, String> parameters = new HashMap<>();

    /** On another transport: one of an enum of harnesses. */
    RuleRunner harness(Enum<?> harness) {
        return with(HarnessProvider.HARNESS_PARAMETER, nameOf(harness));
    }

    /** On another engine: one of an enum of seams. */
    RuleRunner seam(Enum<?> seam) {
        return with(BuilderSeam.PARAMETER, nameOf(seam));
    }

    /** With other builders. */
    RuleRunner seam(Class<? extends BuilderSeam> seam) {
        return with(BuilderSeam.PARAMETER, seam.getName());
    }

    /** With shorter waits. */
    RuleRunner multiplier(double multiplier) {
        return with(Timing.MULTIPLIER_PROPERTY, Double.toString(multiplier));
    }

    /** With other waits for preconditions. */
    RuleRunner preconditions(double multiplier) {
        return with(Timing.PRECONDITIONS_PARAMETER, Double.toString(multiplier));
    }

    /** So many tests at once, but for those that have to be alone. */
    RuleRunner sideBySide(int tests) {
        return with(PARALLEL + "enabled", "true")
                .with(PARALLEL + "mode.default", "concurrent")
                .with(PARALLEL + "config.strategy", "fixed")
                .with(PARALLEL + "config.fixed.parallelism", Integer.toString(tests));
    }

    /** How each test ended that said so. */
    List<RuleRun> run(Collection<Method> tests) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(tests.stream()
                        .map(test -> selectMethod(test.getDeclaringClass(), test))
                        .toArray(DiscoverySelector[]::new))
                .configurationParameters(parameters)
                .execute()
                .allEvents()
                .reportingEntryPublished()
                .stream()
                .map(RuleRunner::ruleRun)
                .flatMap(Optional::stream)
                .toList();
    }

    private RuleRunner with(String name, String value) {
        parameters.put(name, value);
        return this;
    }

    private static String nameOf(Enum<?> constant) {
        return constant.getDeclaringClass().getName() + "#" + constant.name();
    }

    private static Optional<RuleRun> ruleRun(Event event) {
        return event.getPayload(ReportEntry.class).flatMap(entry -> RuleRun.fromReportEntry(entry.getKeyValuePairs()));
    }
}
