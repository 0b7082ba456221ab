package io.eventbus.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class RuleResultTest {

    @Test
    @DisplayName("What a test throws decides its result")
    void ofThrown() {
        assertThat(RuleResult.of(null)).isEqualTo(RuleResult.PASS);
        assertThat(RuleResult.of(new Inconclusive("no lane was busy"))).isEqualTo(RuleResult.INCONCLUSIVE);
        assertThat(RuleResult.of(new TestAbortedException())).isEqualTo(RuleResult.INCONCLUSIVE);
        assertThat(RuleResult.of(new AssertionFailedError("lost"))).isEqualTo(RuleResult.FAIL);
        assertThat(RuleResult.of(new IllegalStateException("broken"))).isEqualTo(RuleResult.FAIL);
    }

    @Test
    @DisplayName("Passed, refused and not applicable conform, nothing else")
    void conformant() {
        assertThat(Arrays.stream(RuleResult.values()).filter(RuleResult::conformant))
                .containsExactlyInAnyOrder(RuleResult.PASS, RuleResult.REFUSED, RuleResult.NOT_APPLICABLE);
    }

    @Test
    @DisplayName("A rule ends as the worst of its tests")
    void worst() {
        assertThat(RuleResult.worst(List.of(RuleResult.PASS, RuleResult.FAIL, RuleResult.ERROR)))
                .isEqualTo(RuleResult.FAIL);
        assertThat(RuleResult.worst(List.of(RuleResult.PASS, RuleResult.INCONCLUSIVE)))
                .isEqualTo(RuleResult.INCONCLUSIVE);
        assertThat(RuleResult.worst(List.of(RuleResult.REFUSED, RuleResult.PASS)))
                .isEqualTo(RuleResult.PASS);
    }
}
