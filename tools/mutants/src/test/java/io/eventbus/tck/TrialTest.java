package io.eventbus.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventbus.tck.broken.TransportMutant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TrialTest {

    /**
     * Everything fails with these on a transport that is late by a tenth of a second: they are over when they begin. Only a machine
     * that stands still in that very moment lets what is late come before.
     */
    private static final double TOO_SHORT = 1e-9;

    private static final double LONG_ENOUGH = 5;

    private static final Set<String> RULES = Set.of("PUB-4");
    private static final TransportMutant LATE = TransportMutant.SLOW;

    private final Collected<String> found = new Collected<>();

    @Test
    @DisplayName("What is late and has no defect is not rejected")
    void late() {
        Mutant without = new Mutant(LATE, LATE, RULES, new RuleRunner().harness(LATE));
        assertThatThrownBy(() -> new Trial(List.of(TOO_SHORT), found::add).reject(without))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("waits are too short for this machine")
                .hasMessageContaining("[PUB-4] are inconclusive or reject SLOW too");
    }

    @Test
    @DisplayName("What has no defect passes, and is not rejected")
    void passes() {
        Mutant without = new Mutant(LATE, LATE, RULES, new RuleRunner().harness(LATE));
        assertThatThrownBy(() -> new Trial(List.of(LONG_ENOUGH), found::add).reject(without))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("rules that reject SLOW");
        assertThat(found.snapshot()).isEmpty();
    }

    @Test
    @DisplayName(
            "A mutant whose copy is too late for the waits is tried again with longer ones, and rejected for its defect")
    void lateMutant() {
        EngineMutant broken = EngineMutant.SENDS_REFERENCES;
        Mutant mutant =
                new Mutant(broken, LATE, RULES, new RuleRunner().harness(LATE).seam(broken));
        new Trial(List.of(TOO_SHORT, LONG_ENOUGH), found::add).reject(mutant);
        assertThat(found.snapshot()).anyMatch(line -> !line.contains("not within"));
    }
}
