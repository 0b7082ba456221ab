package io.eventbus.tck.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventbus.tck.Inconclusive;
import io.eventbus.tck.Kit;
import io.eventbus.tck.broken.TransportMutant;
import io.eventbus.tck.history.Check;
import io.eventbus.tck.history.Judgement;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChaosTest {

    private static final Setting SETTING = Setting.compressed(Duration.ofMillis(200));

    @Test
    @DisplayName("A member that cannot join is a violation, with its history and a script that shows it again")
    void cannotJoin(@TempDir Path folder) throws IOException {
        Script kills = new Script(List.of(new Action(0, Trouble.KILL_MEMBER, 0, 0), new Action(1, Trouble.FAIL, 0, 0)));
        try (Kit kit = Kit.on(TransportMutant.ADMITS_NO_SUCCESSOR)) {
            Verdict verdict = new Chaos(kit, SETTING, folder).run(kills, progress -> {});
            assertThat(verdict.judgement()).isInstanceOf(Judgement.Violated.class);
            assertThat(verdict.judgement().describe()).contains("a bus gives up", "had its members");
            assertThat(verdict.history()).isNotEmptyFile();
            Verdict.Minimal minimal = verdict.minimal().orElseThrow();
            assertThat(minimal.script().count(Trouble.KILL_MEMBER)).isOne();
            assertThat(Script.read(minimal.file())).isEqualTo(minimal.script());
        }
    }

    @Test
    @DisplayName("A scenario that cannot begin tells its seed")
    void cannotBegin(@TempDir Path folder) {
        try (Kit kit = Kit.on(TransportMutant.OPENING_THROWS)) {
            Chaos chaos = new Chaos(kit, SETTING, folder);
            Script script = chaos.script();
            assertThatThrownBy(() -> chaos.run(script, progress -> {}))
                    .isInstanceOf(Inconclusive.class)
                    .hasMessageContaining("seed " + SETTING.seed());
        }
    }

    @Test
    @DisplayName("A fault does not explain what is repeated long after it")
    void unexplained(@TempDir Path folder) {
        Script cut = new Script(List.of(new Action(0, Trouble.CUT_MEMBER, 0, 1)));
        try (Kit kit = Kit.on(TransportMutant.DUP_EVERY_10)) {
            Setting second = Setting.compressed(Duration.ofSeconds(1));
            Verdict verdict = new Chaos(kit, second, folder).run(cut, progress -> {});
            assertThat(verdict.judgement().describe()).contains(Check.EXPLAINED_DUPLICATES.title());
        }
    }
}
