package io.eventbus.tck.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventbus.tck.Inconclusive;
import io.eventbus.tck.RuleResult;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class JudgementTest {

    private static final String LOSS = """
            A  ready  g
            P  sent   e1 k1
            """;

    private final HistoryChecker checker = HistoryChecker.withSeed(42);

    @Test
    @DisplayName("A sound history passes")
    void sound() {
        Judgement judgement = judge(checker, "A ready g");
        assertThat(judgement.result()).isEqualTo(RuleResult.PASS);
        assertThatCode(judgement::require).doesNotThrowAnyException();
    }

    @Test
    @DisplayName("A violation fails and prints the seed, the check, a sentence and the slice")
    void violated() {
        Judgement judgement = judge(checker, LOSS);
        assertThat(judgement.result()).isEqualTo(RuleResult.FAIL);
        assertThatThrownBy(judgement::require)
                .isInstanceOf(AssertionError.class)
                .hasMessage("""
                        1 violation of the history (seed 42)
                        no loss: event 'e1' was accepted when group 'g' was ready, and was neither handled nor \
                        dead-lettered, discarded or filtered out there
                            #0          0.001000 s  A [main]  READY  t/g
                            #1          0.002000 s  P [main]  PUBLISH_INVOKE  t  e1  key=k1  content=same
                            #2          0.002000 s  P [main]  PUBLISH_RETURN ACCEPTED  t  e1  key=k1  content=same""");
    }

    @Test
    @DisplayName("Of many violations of one check the first three are printed, and how many more there are")
    void manyViolations() {
        StringBuilder table = new StringBuilder("A ready g\n");
        for (int i = 0; i < 10; i++) {
            table.append("P sent e").append(i).append('\n');
        }
        Judgement judgement = judge(checker, table.toString());
        assertThat(judgement.describe())
                .startsWith("10 violations of the history (seed 42)")
                .contains("'e0'", "'e1'", "'e2'", "… and 7 more")
                .doesNotContain("'e3'");
    }

    @Test
    @DisplayName("A scenario that missed its purpose is inconclusive and says what was missed")
    void unreached() {
        Judgement judgement = judge(checker.mustReach(Reachability.happened(Op.CUT, 1)), "A ready g");
        assertThat(judgement.result()).isEqualTo(RuleResult.INCONCLUSIVE);
        assertThatThrownBy(judgement::require)
                .isInstanceOf(Inconclusive.class)
                .hasMessage("reachability: not reached: CUT at least 1 times (seed 42)");
    }

    @Test
    @DisplayName("A violation counts even if the scenario missed its purpose")
    void violationBeatsUnreached() {
        Judgement judgement = judge(checker.mustReach(Reachability.happened(Op.CUT, 1)), LOSS);
        assertThat(judgement.result()).isEqualTo(RuleResult.FAIL);
    }

    @Test
    @DisplayName("What is missing may still come; what happened and should not have stays wrong")
    void mayMend() {
        assertThat(judge(checker, LOSS).mayMend()).isTrue();
        assertThat(judge(checker, LOSS + "A handle e2 g\n").mayMend()).isFalse();
        assertThat(judge(checker, "A ready g").mayMend()).isFalse();
    }

    private static Judgement judge(HistoryChecker checker, String table) {
        return checker.check(HistoryTable.of(table).history());
    }
}
