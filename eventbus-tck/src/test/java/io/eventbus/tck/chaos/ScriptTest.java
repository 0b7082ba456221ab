package io.eventbus.tck.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptTest {

    private static final Set<Trouble> ALL = EnumSet.allOf(Trouble.class);

    @Test
    @DisplayName("One seed makes one script, and another another")
    void seeded() {
        assertThat(script(1, 10)).isEqualTo(script(1, 10)).isNotEqualTo(script(2, 10));
    }

    @Test
    @DisplayName("In ten minutes the broker is killed each minute and a member every twenty seconds")
    void pace() {
        Script script = script(4711, 10);
        assertThat(script.count(Trouble.KILL_BROKER)).isEqualTo(10);
        assertThat(script.count(Trouble.KILL_MEMBER)).isEqualTo(30);
        assertThat(script.actions()).allMatch(action -> action.atMillis() < 600_000);
    }

    @Test
    @DisplayName("Leaving out a trouble changes nothing about the others")
    void independent() {
        Script without = Script.random(setting(7, 1), EnumSet.complementOf(EnumSet.of(Trouble.KILL_BROKER)));
        assertThat(script(7, 1).actions()).containsAll(without.actions());
        assertThat(without.count(Trouble.KILL_BROKER)).isZero();
    }

    @Test
    @DisplayName("A script is read as it was written, with its length")
    void file(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("script");
        script(1, 1).write(file);
        assertThat(Script.read(file)).isEqualTo(script(1, 1));
    }

    @ParameterizedTest
    @DisplayName("What is no script is refused, with its file and the line")
    @ValueSource(
            strings = {
                "LENGTH 9\n1 KILL_MEMBER",
                "LENGTH 9\n1 KILL_ME 0 0",
                "LENGTH 9\nx CUT_MEMBER 0 0",
                "LENGTH -1",
                "1 FAIL 0 0"
            })
    void badLine(String text, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("script"), text);
        assertThatThrownBy(() -> Script.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(text.lines().reduce("", (earlier, later) -> later));
    }

    private static Script script(long seed, int minutes) {
        return Script.random(setting(seed, minutes), ALL);
    }

    private static Setting setting(long seed, int minutes) {
        Duration length = Duration.ofMinutes(minutes);
        return new Setting(seed, length, Duration.ofMinutes(1), 1, 100, 1, Duration.ZERO);
    }
}
