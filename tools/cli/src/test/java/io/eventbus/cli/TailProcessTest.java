package io.eventbus.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TailProcessTest {

    @Test
    @DisplayName("told to end by a signal, a tail ends well and says its count")
    void signal() throws Exception {
        Process tail = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dlogback.configurationFile=logback.xml",
                        Main.class.getName(),
                        "tail",
                        "--url",
                        "memory:signal",
                        "--topic",
                        "t")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader err = tail.errorReader(UTF_8)) {
            assertThat(err.readLine()).isEqualTo("READY");
            tail.toHandle().destroy();
            assertThat(err.readLine()).isEqualTo("0 events");
            assertThat(tail.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(tail.exitValue()).isZero();
        } finally {
            tail.destroyForcibly();
        }
    }
}
