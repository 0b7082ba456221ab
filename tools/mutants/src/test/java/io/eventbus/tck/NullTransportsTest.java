package io.eventbus.tck;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.tck.broken.TransportMutant;
import io.eventbus.tck.report.RuleRun;
import java.lang.reflect.Method;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A test that passes on a transport that does nothing tests nothing, unless it is about something else than delivery. Such runs mostly
 * wait, and so are beside those of the other classes.
 */
@Execution(ExecutionMode.CONCURRENT)
class NullTransportsTest {

    private static final double MULTIPLIER = 0.03;
    private static final int SIDE_BY_SIDE = 12;

    /** What is not about delivery, and why: all tests of a class, or one of them. */
    private static final Map<String, String> NOT_ABOUT_DELIVERY = Map.ofEntries(
            entry("DiscoveryRules", "the provider is found or not, and described, before anything is opened"),
            entry("ConfigurationRules", "options are checked when the bus is built; nothing is opened"),
            entry("CapabilityRules.undeclaredIsRefused", "refused when the bus is built; nothing is opened"),
            entry("CapabilityRules.declaredIsGranted", "granted when the bus is built; nothing is opened"),
            entry("SecretRules.spoiltUrl", "about what the refusal of a URL shows"),
            entry("SecretRules.badOption", "about what the refusal of an option shows"),
            entry("SecretRules.unreachableBroker", "about what the refusal of a start shows"),
            entry("TlsRules", "about whom a bus speaks to; one event at most goes there"),
            entry("LifecycleResidueRules.closedPort", "a bus that cannot start, and what it leaves"),
            entry("LifecycleResidueRules.silentPort", "a bus that cannot start, and what it leaves"),
            entry("LifecycleResidueRules.unknownHost", "a bus that cannot start, and what it leaves"),
            entry("CounterRules.countsPublishes", "about what a publisher counts"),
            entry("AuthorizationRules", "about what is refused before anything could be delivered"));

    static Stream<TransportMutant> nullTransports() {
        return EnumSet.allOf(TransportMutant.class).stream().filter(TransportMutant::isNull);
    }

    @ParameterizedTest
    @MethodSource("nullTransports")
    @ResourceLock(value = RuleTests.JVM, mode = ResourceAccessMode.READ)
    @DisplayName("No test of a behaviour passes on a transport that does nothing")
    void nothingPasses(TransportMutant transport) {
        assertNothingPasses(transport, tests(test -> !RuleTests.needsWholeJvm(test)));
    }

    @ParameterizedTest
    @MethodSource("nullTransports")
    @ResourceLock(RuleTests.JVM)
    @DisplayName("No test that looks at the whole JVM passes on a transport that does nothing")
    void nothingPassesAlone(TransportMutant transport) {
        assertNothingPasses(transport, tests(RuleTests::needsWholeJvm));
    }

    private static List<Method> tests(Predicate<Method> wanted) {
        return RuleTests.all().stream()
                .filter(NullTransportsTest::isAboutDelivery)
                .filter(wanted)
                .toList();
    }

    private static void assertNothingPasses(TransportMutant transport, List<Method> tests) {
        List<RuleRun> runs = new RuleRunner()
                .harness(transport)
                .seam(ShortTimeouts.class)
                .multiplier(MULTIPLIER)
                .sideBySide(SIDE_BY_SIDE)
                .run(tests);
        assertThat(runs).hasSameSizeAs(tests);
        assertThat(runs.stream().filter(run -> run.result() == RuleResult.PASS)).isEmpty();
    }

    private static boolean isAboutDelivery(Method test) {
        return !NOT_ABOUT_DELIVERY.containsKey(test.getDeclaringClass().getSimpleName())
                && !NOT_ABOUT_DELIVERY.containsKey(RuleTests.nameOf(test));
    }
}
