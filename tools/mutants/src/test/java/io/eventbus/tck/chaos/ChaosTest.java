package io.eventbus.tck.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventbus.tck.Kit;
import io.eventbus.tck.broken.TransportMutant;
import io.eventbus.tck.history.Check;
import io.eventbus.tck.history.History;
import io.eventbus.tck.history.Judgement;
import io.eventbus.tck.history.Op;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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
        Script kills = script(new Action(0, Trouble.KILL_MEMBER, 0, 0), new Action(1, Trouble.FAIL, 0, 0));
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
    @DisplayName("A scenario that cannot begin proves nothing, says so with its seed, and leaves its history")
    void cannotBegin(@TempDir Path folder) throws IOException {
        try (Kit kit = Kit.on(TransportMutant.OPENING_THROWS)) {
            Chaos chaos = new Chaos(kit, SETTING, folder);
            Verdict verdict = chaos.run(chaos.script(), progress -> {});
            assertThat(verdict.judgement()).isInstanceOf(Judgement.Unreached.class);
            assertThat(verdict.judgement().describe()).contains("stopped in its beginning", "seed " + SETTING.seed());
            assertThat(History.read(verdict.history()).with(Op.JOIN)).isNotEmpty();
        }
    }

    @Test
    @DisplayName(
            "A scenario of which a trouble cannot be caused proves nothing, names the trouble, and leaves its history")
    void notCaused(@TempDir Path folder) throws IOException {
        Script needsBroker = script(new Action(100, Trouble.KILL_BROKER, 0, 1));
        try (Kit kit = Kit.on(TransportMutant.NONE)) {
            Verdict verdict = new Chaos(kit, SETTING, folder).run(needsBroker, progress -> {});
            assertThat(verdict.judgement()).isInstanceOf(Judgement.Unreached.class);
            assertThat(verdict.judgement().describe())
                    .contains("stopped in its troubles", "the trouble '100 KILL_BROKER 0 1' was not caused");
            assertThat(History.read(verdict.history()).with(Op.PUBLISH_INVOKE)).isNotEmpty();
        }
    }

    @Test
    @DisplayName("A scenario that is told to end ends long before its script, proves nothing, and leaves its history")
    void stopped(@TempDir Path folder) throws IOException {
        try (Kit kit = Kit.on(TransportMutant.NONE)) {
            Chaos chaos = new Chaos(kit, SETTING, folder);
            chaos.stop();
            Verdict verdict = chaos.run(new Script(Duration.ofDays(1), List.of()), progress -> {});
            assertThat(verdict.judgement()).isInstanceOf(Judgement.Unreached.class);
            assertThat(verdict.judgement().describe()).contains("stopped in its troubles", "told to end");
            assertThat(History.read(verdict.history()).with(Op.READY)).isNotEmpty();
        }
    }

    @Test
    @DisplayName("A run that is repeated leaves the history and the script of the one before as they were")
    void repeated(@TempDir Path folder) throws IOException {
        Script kill = script(new Action(0, Trouble.KILL_MEMBER, 0, 0));
        try (Kit kit = Kit.on(TransportMutant.ADMITS_NO_SUCCESSOR)) {
            Verdict first = new Chaos(kit, SETTING, folder).run(kill, progress -> {});
            byte[] history = Files.readAllBytes(first.history());
            Verdict second = new Chaos(kit, SETTING, folder).run(kill, progress -> {});
            assertThat(second.history()).isNotEqualTo(first.history()).isNotEmptyFile();
            assertThat(second.minimal().orElseThrow().file())
                    .isNotEqualTo(first.minimal().orElseThrow().file());
            assertThat(first.history()).hasBinaryContent(history);
        }
    }

    @Test
    @DisplayName("A folder in which nothing can be written is refused before anything is played")
    void noFolder(@TempDir Path folder) throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        try (Kit kit = Kit.on(TransportMutant.NONE)) {
            Chaos chaos = new Chaos(kit, SETTING, file);
            Script never = new Script(Duration.ofDays(1), List.of());
            assertThatThrownBy(() -> chaos.run(never, progress -> {}))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining(file.toString());
        }
    }

    @Test
    @DisplayName("A fault does not explain what is repeated long after it")
    void unexplained(@TempDir Path folder) {
        Script cut = new Script(Duration.ofSeconds(1), List.of(new Action(0, Trouble.CUT_MEMBER, 0, 1)));
        try (Kit kit = Kit.on(TransportMutant.DUP_EVERY_10)) {
            Setting second = Setting.compressed(cut.length());
            Verdict verdict = new Chaos(kit, second, folder).run(cut, progress -> {});
            assertThat(verdict.judgement().describe()).contains(Check.EXPLAINED_DUPLICATES.title());
        }
    }

    private static Script script(Action... actions) {
        return new Script(SETTING.length(), List.of(actions));
    }
}
