package io.eventbus.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.ConfigurationParameters;

class TestsAtOnceTest {

    @Test
    @DisplayName("so many tests run at once as the property says, and four without it")
    void number() {
        assertThat(atOnce(Map.of(TestsAtOnce.PROPERTY, "3"))).isEqualTo(3);
        assertThat(atOnce(Map.of())).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "two", "1.5", "99999"})
    @DisplayName("what is no whole number above 0 is refused, with its name")
    void refused(String text) {
        assertThatThrownBy(() -> atOnce(Map.of(TestsAtOnce.PROPERTY, text)))
                .hasMessageContaining(TestsAtOnce.PROPERTY)
                .hasMessageContaining(text);
    }

    private static int atOnce(Map<String, String> given) {
        return new TestsAtOnce().createConfiguration(new Given(given)).getParallelism();
    }

    private record Given(Map<String, String> values) implements ConfigurationParameters {
        @Override
        public Optional<String> get(String key) {
            return Optional.ofNullable(values.get(key));
        }

        @Override
        public Optional<Boolean> getBoolean(String key) {
            return get(key).map(Boolean::valueOf);
        }

        @Override
        public Set<String> keySet() {
            return values.keySet();
        }
    }
}
