package io.eventbus.tck.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.spi.Capability;
import io.eventbus.tck.RuleResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When a report says the word. */
class VerdictTest {
    private static final RuleRun PLAIN = run("ACK-1", "", RuleResult.PASS);
    private static final RuleRun DURABLE = run("FLT-5", "DURABLE", RuleResult.PASS);

    /** What a transport with one capability is seen to do: the others are refused. */
    private static final List<RuleRun> GOOD = List.of(
            PLAIN,
            DURABLE,
            run("GRP-5", "RETAINED", RuleResult.REFUSED),
            run("ORD-1", "GROUP_KEY_ORDER", RuleResult.REFUSED),
            run("DSC-3", "DELIVERY_COUNT", RuleResult.REFUSED));

    private static final Set<KitTest> TESTS = GOOD.stream().map(KitTest::of).collect(Collectors.toSet());

    @Test
    @DisplayName("a transport that keeps every rule and refuses what it does not declare is conformant")
    void conformant() {
        assertThat(verdict(GOOD)).hasToString("mybroker is conformant");
    }

    @Test
    @DisplayName("a test that was not run refuses the word, and is named")
    void skipped() {
        assertThat(verdict(without(PLAIN)).doubts())
                .containsExactly("1 of 5 tests did not run, the first of them ACK-1 (about ACK-1)");
    }

    @ParameterizedTest
    @EnumSource(names = {"INCONCLUSIVE", "ERROR", "FAIL"})
    @DisplayName("a test that did not end well refuses the word")
    void failed(RuleResult result) {
        assertThat(verdict(with(PLAIN, run("ACK-1", "", result))).doubts())
                .containsExactly("1 of 5 tests did not end well");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PASS")
    @DisplayName("a capability that passes one test about it and not the other refuses the word")
    void claimed(RuleResult result) {
        List<RuleRun> runs = new ArrayList<>(GOOD);
        runs.add(new RuleRun("mybroker", "FLT-5", "again", "DURABLE", result, Duration.ZERO, ""));
        assertThat(verdict(runs).doubts()).contains("DURABLE is claimed, and FLT-5 (again) ended as " + result);
    }

    @Test
    @DisplayName("a test that does not apply says nothing of a capability, so that the word is refused")
    void notApplicable() {
        RuleRun empty = run("FLT-5", "DURABLE", RuleResult.NOT_APPLICABLE);
        assertThat(verdict(with(DURABLE, empty)).conformant()).isFalse();
    }

    @Test
    @DisplayName("a capability that no test was about refuses the word")
    void untested() {
        Set<KitTest> tests = Set.of(KitTest.of(PLAIN));
        assertThat(Verdict.of("mybroker", List.of(PLAIN), tests).doubts())
                .containsExactlyElementsOf(Arrays.stream(Capability.values())
                        .map(capability -> "nothing tested " + capability)
                        .toList());
    }

    @Test
    @DisplayName("the whole kit is asked for")
    void wholeKit() {
        assertThat(new ConformanceReport().verdict("mybroker").toString())
                .contains("tests did not run, the first of them ACK-1 (");
    }

    private static Verdict verdict(List<RuleRun> runs) {
        return Verdict.of("mybroker", runs, TESTS);
    }

    private static List<RuleRun> without(RuleRun left) {
        return GOOD.stream().filter(run -> !run.equals(left)).toList();
    }

    private static List<RuleRun> with(RuleRun old, RuleRun other) {
        return GOOD.stream().map(run -> run.equals(old) ? other : run).toList();
    }

    private static RuleRun run(String rule, String capability, RuleResult result) {
        return new RuleRun("mybroker", rule, "about " + rule, capability, result, Duration.ZERO, "");
    }
}
