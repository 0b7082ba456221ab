package io.eventbus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.cli.fuzz.FuzzVerdict;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FuzzVerdictTest {

    @Test
    @DisplayName("a repeat is good if a session was lost, and not without")
    void repeats() {
        assertThat(verdict(0, 0, 2, 1).isGood()).isTrue();
        assertThat(verdict(0, 0, 2, 0).isGood()).isFalse();
    }

    @Test
    @DisplayName("no lost session excuses what is missing or altered")
    void losses() {
        assertThat(verdict(0, 0, 0, 0).isGood()).isTrue();
        assertThat(verdict(1, 0, 0, 1).isGood()).isFalse();
        assertThat(verdict(0, 1, 0, 1).isGood()).isFalse();
        assertThat(withHeadersAltered(1).isGood()).isFalse();
    }

    @Test
    @DisplayName("what was handled although nothing can read it is not good, be all else as it has to be")
    void misread() {
        assertThat(new FuzzVerdict(10, 9, 9, 1, 0, 1, 0, 0, null, 0, 0).isGood())
                .isFalse();
    }

    @Test
    @DisplayName("the first header that was altered is told")
    void example() {
        assertThat(withHeadersAltered(1).toString())
                .contains(
                        "altered 0, headers altered 1 (the first: headers.h was \"a\", and is not there), repeated 0");
        assertThat(verdict(0, 0, 0, 0).toString()).contains("altered 0, headers altered 0, repeated 0");
    }

    private static FuzzVerdict verdict(long missing, long altered, long repeated, long sessionsLost) {
        return new FuzzVerdict(10, 9, 9, 1, missing, 0, altered, 0, null, repeated, sessionsLost);
    }

    private static FuzzVerdict withHeadersAltered(long headersAltered) {
        String difference = "headers.h was \"a\", and is not there";
        return new FuzzVerdict(10, 9, 9, 1, 0, 0, 0, headersAltered, difference, 0, 1);
    }
}
