package io.eventbus.tck.chaos;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventbus.tck.Inconclusive;
import io.eventbus.tck.history.Judgement;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class VerdictTest {

    @Test
    @DisplayName("A scenario that proves nothing says how to run it again, as one that fails does")
    void inconclusive() {
        Tally tally = new Tally(1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0);
        Judgement judgement = new Judgement.Unreached(7, List.of("a cut"));
        Verdict verdict = new Verdict(tally, judgement, Path.of("history.jsonl"), Optional.empty());

        assertThatThrownBy(() -> verdict.require("the command"))
                .isInstanceOf(Inconclusive.class)
                .hasMessageContainingAll("a cut", "seed 7", "history.jsonl", "again: the command");
    }
}
