package io.eventbus.tck;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.eventbus.tck.rules.ChaosRules;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.testkit.engine.EngineTestKit;

/** What the suite asks of JUnit, JUnit does: an option without effect looks just like one with. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class ConformanceSuiteTest {

    private static final int AT_ONCE = 4;
    private static final CyclicBarrier ALL_RUN = new CyclicBarrier(AT_ONCE);
    private static final AtomicInteger RUNNING = new AtomicInteger();
    private static final AtomicInteger MOST = new AtomicInteger();

    @AfterEach
    void reset() {
        System.clearProperty(TestsAtOnce.PROPERTY);
    }

    @Test
    @DisplayName("Four tests run at once")
    void sideBySide() {
        run(WaitForOneAnother.class);
    }

    @Test
    @DisplayName("No more tests run at once than the property says")
    void fewer() {
        System.setProperty(TestsAtOnce.PROPERTY, "2");
        run(Counted.class);
        assertThat(MOST).hasValue(2);
    }

    private static void run(Class<?> rules) {
        Map<String, String> parameters = Arrays.stream(
                        ConformanceSuite.class.getAnnotationsByType(ConfigurationParameter.class))
                .collect(toMap(ConfigurationParameter::key, ConfigurationParameter::value));
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(rules))
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

    /** A class of rules that counts how many of its tests run at once; each waits until two have, as two are to. */
    @Conformance
    static class Counted {
        private static final CountDownLatch TWO_RUN = new CountDownLatch(2);

        @RepeatedTest(AT_ONCE)
        void count() throws Exception {
            MOST.accumulateAndGet(RUNNING.incrementAndGet(), Math::max);
            TWO_RUN.countDown();
            assertThat(TWO_RUN.await(10, TimeUnit.SECONDS)).isTrue();
            RUNNING.decrementAndGet();
        }
    }

    /** A class of rules whose tests end only if all of them run at once. */
    @Conformance
    static class WaitForOneAnother {

        @RepeatedTest(AT_ONCE)
        void meet() throws Exception {
            ALL_RUN.await(10, TimeUnit.SECONDS);
        }
    }
}
