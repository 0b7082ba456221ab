package io.eventbus;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which bindings make sense. */
class BindingTest {

    @Test
    @DisplayName("a raw binding among several is refused, and the message says what to write")
    void refusesRawAmongSeveral() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Binding.anyOf(Binding.fanout(), Binding.raw(Binding.direct("a"))))
                .withMessageContaining("raw(anyOf(");
    }

    @Test
    @DisplayName("any of no bindings is refused")
    void refusesNone() {
        assertThatIllegalArgumentException().isThrownBy(Binding::anyOf).withMessageContaining("no binding");
    }
}
