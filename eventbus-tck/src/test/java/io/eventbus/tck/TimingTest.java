package io.eventbus.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class TimingTest {

    @BeforeEach
    @AfterEach
    void reset() {
        System.clearProperty(Timing.MULTIPLIER_PROPERTY);
    }

    @Test
    @DisplayName("The multiplier is 1 unless the system property says otherwise")
    void multiplier() {
        assertThat(Timing.fromSystemProperties()).isEqualTo(new Timing(1));
        System.setProperty(Timing.MULTIPLIER_PROPERTY, "2.5");
        assertThat(Timing.fromSystemProperties()).isEqualTo(new Timing(2.5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "NaN", "fast"})
    @DisplayName("A multiplier that is no number above 0 is refused")
    void badMultiplier(String value) {
        System.setProperty(Timing.MULTIPLIER_PROPERTY, value);
        assertThatThrownBy(Timing::fromSystemProperties)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(value);
    }

    @Test
    @DisplayName("Preconditions may have a multiplier of their own")
    void preconditions() {
        Await await = new Timing(1000, 0.001).await(Duration.ofSeconds(5)).precondition();
        assertThatThrownBy(() -> await.until("a miracle", () -> false))
                .isInstanceOf(Inconclusive.class)
                .hasMessage("not within 5 ms: a miracle");
    }

    @Test
    @DisplayName("A slack does not shrink where failures are expected")
    void slack() {
        assertThat(new Timing(0.1).slack(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(1));
        assertThat(new Timing(2).slack(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    @DisplayName("What is declared has its time where failures are expected, too")
    void declared() {
        assertThatThrownBy(
                        () -> new Timing(0.001).declared(Duration.ofMillis(5)).until("a miracle", () -> false))
                .hasMessage("not within 5 ms: a miracle");
        assertThatThrownBy(() -> new Timing(2).declared(Duration.ofMillis(5)).until("a miracle", () -> false))
                .hasMessage("not within 10 ms: a miracle");
    }

    @Test
    @DisplayName("Every limit is multiplied")
    void times() {
        assertThat(new Timing(0.1).times(Duration.ofSeconds(10))).isEqualTo(Duration.ofSeconds(1));
        assertThatThrownBy(() -> new Timing(0.001).await().until("a miracle", () -> false))
                .hasMessage("not within 30 ms: a miracle");
        assertThatThrownBy(() -> new Timing(0.001).await(Duration.ofSeconds(5)).until("a miracle", () -> false))
                .hasMessage("not within 5 ms: a miracle");
    }
}
