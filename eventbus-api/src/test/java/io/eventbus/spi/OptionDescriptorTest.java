package io.eventbus.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What values an option can have. */
class OptionDescriptorTest {

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "30s, PT30S", "5m, PT5M", "1h, PT1H", "8760h, PT8760H", "0s, PT0S", "2H, PT2H"})
    @DisplayName("a time span is a number and a unit")
    void durations(String text, Duration expected) {
        assertThat(OptionDescriptor.parseDuration(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "-5s", "1.5s", "5 s", "5d", "12345678901s", "8761h", "999999999h"})
    @DisplayName("what is no time span is refused with what one looks like")
    void noDurations(String text) {
        OptionDescriptor option = OptionDescriptor.duration("x.lease", "1s", "How long.");
        assertThat(option.problemWith(text))
                .contains("expected a duration such as 500ms, 30s, 5m or 1h, at most 365 days");
        assertThatIllegalArgumentException().isThrownBy(() -> OptionDescriptor.parseDuration(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "1.0", "1e3", "+1", "2147483648", "many"})
    @DisplayName("what is no whole number above zero is refused")
    void noIntegers(String text) {
        OptionDescriptor option = OptionDescriptor.integer("x.size", 1, "How many.");
        assertThat(option.problemWith(text)).contains("expected a whole number above zero");
    }

    @Test
    @DisplayName("a choice takes its choices only, and names them")
    void choices() {
        OptionDescriptor option = OptionDescriptor.choice("x.mode", List.of("fast", "safe"), "Which.");
        assertThat(option.defaultValue()).isEqualTo("fast");
        assertThat(option.problemWith("safe")).isEmpty();
        assertThat(option.problemWith("Fast")).contains("expected one of fast, safe");
    }

    @Test
    @DisplayName("a text takes anything")
    void texts() {
        assertThat(OptionDescriptor.text("x.name", "", "What.").problemWith("\u0000 any"))
                .isEmpty();
    }

    @Test
    @DisplayName("a prefix takes anything and has no default")
    void prefixes() {
        OptionDescriptor option = OptionDescriptor.prefix("x.client.", "What.");
        assertThat(option.defaultValue()).isEmpty();
        assertThat(option.problemWith("any")).isEmpty();
    }

    @Test
    @DisplayName("a default that the option itself would refuse is refused")
    void badDefault() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OptionDescriptor.duration("x.lease", "soon", "How long."))
                .withMessageContaining("x.lease");
    }
}
