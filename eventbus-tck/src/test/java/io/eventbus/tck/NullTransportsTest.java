package io.eventbus.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.tck.broken.TransportMutant;
import io.eventbus.tck.report.RuleRun;
import java.lang.reflect.Method;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A test that passes on a transport that does nothing tests nothing, unless it is about something else than delivery. */
class NullTransportsTest {

    private static final double MULTIPLIER = 0.02;

    /** What is not about delivery, and why: all tests of a class, or one of them. */
    private static final Map<String, String> NOT_ABOUT_DELIVERY = Map.of(
            "DiscoveryRules", "the provider is found or not, and described, before anything is opened",
            "ConfigurationRules", "options are checked when the bus is built; nothing is opened",
            "SecretRules.spoiltUrl", "about what a URL that is refused shows; nothing has to be delivered",
            "SecretRules.badOption", "about what an option that is refused shows; nothing has to be delivered",
            "CapabilityRules.undeclaredIsRefused", "refused when the bus is built; nothing is opened",
            "CapabilityRules.declaredIsGranted", "granted when the bus is built; nothing is opened",
            "CapabilityRules.earliestIsNotIgnored", "refused when the bus is built, by a transport that lacks it",
            "CapabilityRules.orderAcrossMembersIsNotIgnored",
                    "refused when the bus is built, by a transport that lacks it");

    static Stream<Arguments> sideBySide() {
        return arguments().filter(one -> !needsWholeJvm(one));
    }

    static Stream<Arguments> alone() {
        return arguments().filter(NullTransportsTest::needsWholeJvm);
    }

    private static Stream<Arguments> arguments() {
        return EnumSet.allOf(TransportMutant.class).stream()
                .filter(TransportMutant::isNull)
                .flatMap(transport -> RuleTests.classes().stream()
                        .filter(rules -> !tests(rules).isEmpty())
                        .map(rules -> Arguments.of(transport, rules)));
    }

    private static boolean needsWholeJvm(Arguments arguments) {
        return RuleTests.needWholeJvm(tests((Class<?>) arguments.get()[1]));
    }

    private static List<Method> tests(Class<?> rules) {
        return RuleTests.in(List.of(rules)).stream()
                .filter(test -> !NOT_ABOUT_DELIVERY.containsKey(rules.getSimpleName())
                        && !NOT_ABOUT_DELIVERY.containsKey(rules.getSimpleName() + "." + test.getName()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("sideBySide")
    @Execution(ExecutionMode.CONCURRENT)
    @ResourceLock(value = RuleTests.JVM, mode = ResourceAccessMode.READ)
    @DisplayName("No test of a behaviour passes on a transport that does nothing")
    void nothingPasses(TransportMutant transport, Class<?> rules) {
        fail(transport, rules);
    }

    @ParameterizedTest
    @MethodSource("alone")
    @ResourceLock(RuleTests.JVM)
    @DisplayName("No test of the whole JVM passes on a transport that does nothing")
    void nothingPassesAlone(TransportMutant transport, Class<?> rules) {
        fail(transport, rules);
    }

    private static void fail(TransportMutant transport, Class<?> rules) {
        List<RuleRun> runs = RuleTests.run(
                tests(rules),
                Map.of(
                        HarnessProvider.HARNESS_PARAMETER,
                        TransportMutant.class.getName() + "#" + transport,
                        BuilderSeam.PARAMETER,
                        ShortTimeouts.class.getName(),
                        Timing.MULTIPLIER_PROPERTY,
                        Double.toString(MULTIPLIER)));
        assertThat(runs)
                .isNotEmpty()
                .allSatisfy(run -> assertThat(run.result()).as("%s", run).isNotEqualTo(RuleResult.PASS));
    }
}
