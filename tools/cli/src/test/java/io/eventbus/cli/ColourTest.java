package io.eventbus.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ColourTest {
    private static final String ESCAPE = "\u001B";

    @ParameterizedTest
    @DisplayName("whoever reads the output by a pipe gets no colour, in help, errors and the demo")
    @ValueSource(
            strings = {
                "--help",
                "dlq replay --help",
                "help tail",
                "tail --topc t",
                "tail --url nats://host --topic t",
                "demo --url memory:"
            })
    void piped(String line) throws IOException {
        assertThat(printed(List.of(), line)).isNotEmpty().doesNotContain(ESCAPE);
    }

    @Test
    @DisplayName("whoever asks for colour gets it, in a pipe too")
    void askedFor() throws IOException {
        assertThat(printed(List.of("-Dpicocli.ansi=true"), "--help")).contains(ESCAPE);
    }

    /** All that it prints until it ends, on both streams. */
    private static String printed(List<String> jvmOptions, String line) throws IOException {
        Process process = Program.with(jvmOptions, line.split(" "))
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), UTF_8);
    }
}
