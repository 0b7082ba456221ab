package io.eventbus.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
