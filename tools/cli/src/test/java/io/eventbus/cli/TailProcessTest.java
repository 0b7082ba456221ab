package io.eventbus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.brokers.RedisBroker;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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
}
