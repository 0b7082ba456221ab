package io.eventbus.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.brokers.RedisBroker;
import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TailProcessTest {

    @Test
    @DisplayName("told to end by a signal, a tail ends well and says its count")
    void signal() throws Exception {
        try (TailProcess tail = new TailProcess("--url", "memory:signal", "--topic", "t")) {
            tail.terminate();
            assertThat(tail.readErrors()).containsExactly("0 events");
            assertThat(tail.exitCode()).isZero();
        }
    }

    @Test
    @Timeout(120)
    @DisplayName("a tail says once that it has lost its broker, and once that the broker is back")
    void lostBroker() throws Exception {
        try (RedisBroker broker = RedisBroker.launch();
                TailProcess tail = new TailProcess("--url", broker.url().toString(), "--topic", "t")) {
            broker.kill();
            // whichever session notices first
            assertThat(tail.readError())
                    .matches("eventbus: lost the broker, trying again: "
                            + "(publishing|an ephemeral subscription to topic t): the session is over at .*");
            broker.start();
            assertThat(tail.readError())
                    .isEqualTo("eventbus: the broker is back; what was published meanwhile is not shown");
            tail.terminate();
            assertThat(tail.readErrors()).containsExactly("0 events");
        }
    }

    @ParameterizedTest
    @Timeout(120)
    @DisplayName(
            "a tail whose broker takes long says that it waits, and as a member of a group on Kafka for how long that may be")
    @CsvSource({
        "redis, --group=g, eventbus: waiting for the broker",
        "kafka, --limit=1, eventbus: waiting for the broker",
        "kafka, --group=g, up to 15 s when another has crashed"
    })
    void lateBroker(String scheme, String option, String end) throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String url = scheme + "://127.0.0.1:" + silent.getLocalPort();
            Process tail = Program.with(List.of(), "tail", "--url", url, "--topic", "t", option)
                    .start();
            try (BufferedReader err = tail.errorReader(UTF_8)) {
                assertThat(err.readLine())
                        .startsWith("eventbus: waiting for the broker")
                        .endsWith(end);
            } finally {
                tail.destroyForcibly();
            }
        }
    }
}
