package io.eventbus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

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
}
