package io.eventbus.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordTest {

    @ParameterizedTest
    @DisplayName("a shell takes a word for what it was")
    @ValueSource(strings = {"target/chaos-redis-5.script", "a folder/of mine", "it's", "$HOME & `more`", "", "-Da=b,c"})
    void quoted(String text) throws IOException {
        Process shell = new ProcessBuilder("sh", "-c", "printf %s " + new ShellWord(text)).start();
        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(text);
    }

    @ParameterizedTest
    @DisplayName("a plain word stays as it is")
    @ValueSource(strings = {"target/chaos-redis-5.script", "-Dgroups=FLT-7", "--seed"})
    void plain(String text) {
        assertThat(new ShellWord(text)).hasToString(text);
    }
}
