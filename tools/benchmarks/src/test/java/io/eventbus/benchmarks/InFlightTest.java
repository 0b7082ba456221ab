package io.eventbus.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class InFlightTest {
    private final InFlight inFlight = new InFlight(2);

    @Test
    @DisplayName("whoever waits for all answers goes on with the last of them")
    void lastAnswer() throws Exception {
        inFlight.begin();
        inFlight.begin();
        inFlight.end(1);
        // an interrupted thread comes back from where it would wait
        Thread.currentThread().interrupt();
        assertThatThrownBy(inFlight::awaitNone).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();

        CompletableFuture<Void> waiting = CompletableFuture.runAsync(this::waitForAll);
        inFlight.end(null);
        waiting.get(30, TimeUnit.SECONDS);
    }

    @Test
    @DisplayName("an event that was not accepted fails the measurement")
    void failure() throws Exception {
        inFlight.begin();
        inFlight.end(new IllegalStateException("the disk is full"));
        assertThatThrownBy(inFlight::awaitNone)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the disk is full");
    }

    private void waitForAll() {
        try {
            inFlight.awaitNone();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
