package io.eventbus.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchmarkCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    @DisplayName("every quantity is measured; the table goes to standard output and the progress to standard error")
    void measures() {
        assertThat(run("--transport", "memory", "--rounds=1", "--seconds=0.05", "--size=200"))
                .isZero();
        for (Quantity quantity : Quantity.values()) {
            assertThat(out.toString()).containsPattern("\\| memory \\| 200 \\| " + quantity + " \\| [0-9]");
        }
        assertThat(err.toString())
                .contains("memory, 200 bytes, warm-up, bus:", "memory, 200 bytes, round 1 of 1, bus:");
    }

    @ParameterizedTest
    @DisplayName("a command line that makes no sense is a usage error, before anything is started")
    @ValueSource(strings = {"--transport=nats", "--size=99", "--rounds=0", "--seconds=0", "--speed"})
    void usage(String argument) {
        assertThat(run(argument)).isEqualTo(2);
        assertThat(err.toString()).contains(argument.replaceAll("=.*", "")).doesNotContain("starting");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    @DisplayName("the help names the transports and the exit codes")
    void help() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("memory", "rabbitmq", "redis", "kafka", "Exit codes:");
    }

    private int run(String... arguments) {
        return BenchmarkCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
