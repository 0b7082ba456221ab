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
    @DisplayName("A script is read as it was written")
    void file(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("script");
        script(1, 1).write(file);
        assertThat(Script.read(file)).isEqualTo(script(1, 1));
    }

    @Test
    @DisplayName("A line that is no action is refused, and quoted")
    void badLine(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("script"), "12 KILL_MEMBER\n");
        assertThatThrownBy(() -> Script.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("12 KILL_MEMBER");
    }

    private static Script script(long seed, int minutes) {
        return Script.random(setting(seed, minutes), ALL);
    }

    private static Setting setting(long seed, int minutes) {
        Duration length = Duration.ofMinutes(minutes);
        return new Setting(seed, length, Duration.ofMinutes(1), 1, 100, 1, Duration.ZERO);
    }
}
