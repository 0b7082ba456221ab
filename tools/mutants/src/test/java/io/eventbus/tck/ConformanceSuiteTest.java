package io.eventbus.tck;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.eventbus.tck.rules.ChaosRules;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.testkit.engine.EngineTestKit;

/** What the suite asks of JUnit, JUnit does: an option without effect looks just like one with. */
class ConformanceSuiteTest {

    private static final int AT_ONCE = 3;
    private static final CyclicBarrier ALL_RUN = new CyclicBarrier(AT_ONCE);

    @Test
    @DisplayName("Three tests run at once")
    void sideBySide() {
        Map<String, String> parameters = Arrays.stream(
                        ConformanceSuite.class.getAnnotationsByType(ConfigurationParameter.class))
                .collect(toMap(ConfigurationParameter::key, ConfigurationParameter::value));
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(WaitForOneAnother.class))
                .configurationParameters(parameters)
                .execute()
                .testEvents()
                .assertStatistics(events -> events.succeeded(AT_ONCE));
    }

    @Test
    @DisplayName("Of a suite, the tag of the chaos rule selects this rule and no other")
    void chaosAlone() {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(Proof.class))
                .filters(TagFilter.includeTags("FLT-7"))
                .build();
        TestPlan plan = LauncherFactory.create().discover(request);
        assertThat(plan.getRoots().stream().flatMap(root -> plan.getDescendants(root).stream()))
                .map(TestIdentifier::getLegacyReportingName)
                .filteredOn(name -> name.endsWith("Rules"))
                .containsExactly(ChaosRules.class.getName());
    }

    @ConformanceSuite
    static class Proof {}

    /** A class of rules whose tests end only if all of them run at once. */
    @Conformance
    static class WaitForOneAnother {

        @RepeatedTest(AT_ONCE)
        void meet() throws Exception {
            ALL_RUN.await(10, TimeUnit.SECONDS);
        }
    }
}
