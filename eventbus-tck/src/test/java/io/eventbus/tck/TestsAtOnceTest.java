package io.eventbus.tck;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.ConfigurationParameters;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class TestsAtOnceTest {

    @AfterEach
    void reset() {
        System.clearProperty(TestsAtOnce.PROPERTY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "two", "1.5", "99999"})
    @DisplayName("What is no whole number above 0 is refused, with the property's name")
    void refused(String text) {
        System.setProperty(TestsAtOnce.PROPERTY, text);
        assertThatThrownBy(() -> new TestsAtOnce().createConfiguration(new None()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(TestsAtOnce.PROPERTY)
                .hasMessageContaining("'" + text + "'");
    }

    private record None() implements ConfigurationParameters {
        @Override
        public Optional<String> get(String key) {
            return Optional.empty();
        }

        @Override
        public Optional<Boolean> getBoolean(String key) {
            return Optional.empty();
        }

        @Override
        public Set<String> keySet() {
            return Set.of();
        }
    }
}
