package io.eventbus.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.tck.broken.TransportMutant;
import io.eventbus.tck.report.RuleRun;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * What the mutants are made from keeps the rules, so that they are rejected for their defects alone. Runs before them: what one of
 * them has initialised stays so in this JVM.
 */
@Order(1)
class UnbrokenCopyTest {

    private static final int SIDE_BY_SIDE = 4;

    /** On a busy machine too, a defect is what fails, not a wait. */
    private static final double MULTIPLIER = 2;

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

    @Test
    @DisplayName("All rules are kept")
    void keepsAllRules() {
        assertKept(TransportMutant.NONE, RuleTests.all());
    }

    @Test
    @DisplayName("All rules are kept where there is a network")
    void keepsAllRulesByNetwork() {
        List<Method> tests = RuleTests.all().stream()
                .filter(test -> !NOT_NETWORKED.containsKey(RuleTests.nameOf(test)))
                .filter(test ->
                        !NOT_NETWORKED.containsKey(test.getDeclaringClass().getSimpleName()))
                .toList();
        assertKept(TransportMutant.NETWORKED, tests);
    }

    private static void assertKept(TransportMutant unbroken, List<Method> tests) {
        List<RuleRun> runs = new RuleRunner()
                .harness(unbroken)
                .multiplier(MULTIPLIER)
                .sideBySide(SIDE_BY_SIDE)
                .run(tests);
        assertThat(runs).hasSameSizeAs(tests);
        assertThat(runs.stream().filter(run -> !run.result().conformant())).isEmpty();
    }
}
