package io.eventbus.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.tck.broken.TransportMutant;
import io.eventbus.tck.report.RuleRun;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is odd without a defect keeps every rule, so that the rules ask for no more than they say. What the mutants are made from is
 * odd in nothing: it runs each test that rejects one ({@link Trial}), and here those that look at the whole JVM, which the odd ones
 * cannot run side by side. Runs before the mutants that are rejected: what one of them has initialised stays so in this JVM.
 */
@Order(1)
class LegalTransportsTest {

    /** How many tests of one transport run at once: most of them wait. */
    private static final int SIDE_BY_SIDE = 3;

    /** On a busy machine too, a defect is what fails, not a wait. */
    private static final double MULTIPLIER = 5;

    private static final String OTHER_JVMS = "no other JVM can be a member at a broker in this one";
    private static final String NO_PASSWORD = "the broker asks for no password";

    /** What cannot run where a network ends in this JVM, and why: all tests of a class, or one of them. */
    private static final Map<String, String> NOT_NETWORKED = Map.of(
            "JvmShutdownRules.terminatedUnderLoad", OTHER_JVMS,
            "KilledMemberRules", OTHER_JVMS,
            "ChaosRules", OTHER_JVMS,
            "SecretRules.wrongPassword", NO_PASSWORD,
            "SecretRules.lostConnection", NO_PASSWORD,
            "SecretRules.wholeProgram", NO_PASSWORD);

    static Stream<TransportMutant> odd() {
        return Stream.of(TransportMutant.values()).filter(TransportMutant::isOdd);
    }

    @ParameterizedTest
    @MethodSource("odd")
    @Execution(ExecutionMode.CONCURRENT)
    @ResourceLock(value = RuleTests.JVM, mode = ResourceAccessMode.READ)
    @DisplayName("Whatever is legal keeps every rule")
    void keepsAllRules(TransportMutant legal) {
        assertKept(legal, new RuleRunner().sideBySide(SIDE_BY_SIDE), test -> !RuleTests.needsWholeJvm(test));
    }

    /** The odd ones differ in nothing that these rules look at, and cannot run side by side. */
    @ParameterizedTest
    @EnumSource(names = {"NONE", "NETWORKED"})
    @ResourceLock(RuleTests.JVM)
    @DisplayName("The rules that look at the whole JVM are kept, with a network and without")
    void keepsRulesOfWholeJvm(TransportMutant unbroken) {
        assertKept(unbroken, new RuleRunner(), RuleTests::needsWholeJvm);
    }

    private static void assertKept(TransportMutant legal, RuleRunner runner, Predicate<Method> wanted) {
        List<Method> tests = RuleTests.all().stream()
                .filter(wanted)
                .filter(test -> !legal.hasNetwork() || canRunNetworked(test))
                .toList();
        List<RuleRun> runs = runner.harness(legal).multiplier(MULTIPLIER).run(tests);
        assertThat(runs).hasSameSizeAs(tests);
        assertThat(runs.stream().filter(run -> !run.result().conformant()))
                .as("tests that do not pass on %s, which %s", legal, legal.defect())
                .isEmpty();
    }

    private static boolean canRunNetworked(Method test) {
        return !NOT_NETWORKED.containsKey(RuleTests.nameOf(test))
                && !NOT_NETWORKED.containsKey(test.getDeclaringClass().getSimpleName());
    }
}
