package io.eventbus.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.eventbus.JsonCodec;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeasuredTest {

    @ParameterizedTest
    @DisplayName("the payload of the bus has the size of that of the raw client, but for a few digits")
    @ValueSource(ints = {100, 200, 8192})
    void size(int size) throws IOException {
        Measured event = new Measured(63, System.nanoTime(), Measured.text(size));
        assertThat(new JsonCodec().encode(event).length).isCloseTo(size, within(8));
        assertThat(Body.of(1, size)).hasSize(size);
    }
}
