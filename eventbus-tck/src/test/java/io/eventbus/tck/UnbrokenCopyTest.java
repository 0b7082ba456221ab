package io.eventbus.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.tck.report.RuleRun;
import java.util.List;
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

    @Test
    @DisplayName("All rules are kept")
    void keepsAllRules() {
        List<RuleRun> runs =
                new RuleRunner().multiplier(MULTIPLIER).sideBySide(SIDE_BY_SIDE).run(RuleTests.all());
        assertThat(runs).hasSameSizeAs(RuleTests.all());
        assertThat(runs.stream().filter(run -> !run.result().conformant())).isEmpty();
    }
}
