package io.eventbus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TckCommandTest {
    private final TestConsole console = new TestConsole();

    @Test
    @DisplayName("chaos of a few seconds ends with figures, the history's file and a verdict")
    void chaos(@TempDir Path folder) {
        assertThat(console.run(
                        "tck",
                        "--chaos",
                        "--broker",
                        "redis",
                        "--redis-setting",
                        "appendfsync=everysec",
                        "--minutes",
                        "0.05",
                        "--seed",
                        "7",
                        "--folder",
                        folder.toString()))
                .as(console.err())
                .isZero();
        assertThat(console.out()).contains("accepted").contains("history: " + folder);
        assertThat(console.err()).contains("seed 7");
    }

    @Test
    @DisplayName("a script has its length, so another beside it is a usage error")
    void twoLengths(@TempDir Path folder) throws IOException {
        Path script = Files.writeString(folder.resolve("script"), "LENGTH 1000\n");
        assertThat(console.run("tck", "--chaos", "--script", script.toString(), "--minutes", "1"))
                .isEqualTo(2);
        assertThat(console.err()).contains("--minutes is for what the seed makes");
    }

    @Test
    @DisplayName("a file that is no script is a usage error, with the line")
    void noScript(@TempDir Path folder) throws IOException {
        Path script = Files.writeString(folder.resolve("script"), "LENGTH 1000\n5 NOTHING 0 0\n");
        assertThat(console.run("tck", "--chaos", "--script", script.toString())).isEqualTo(2);
        assertThat(console.err()).contains(script.toString(), "5 NOTHING 0 0");
    }

    @ParameterizedTest
    @DisplayName("what makes no sense is a usage error")
    @CsvSource({
        "--broker kafka --redis-setting appendfsync=no, --redis-setting is for --broker redis",
        "--broker redis --minutes 0, must be above 0",
        "--broker redis --rate 0, must be above 0",
        "--broker mq, mq"
    })
    void refused(String arguments, String message) {
        assertThat(console.run(("tck --chaos " + arguments).split(" "))).isEqualTo(2);
        assertThat(console.err()).contains(message);
    }
}
