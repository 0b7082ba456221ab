package io.eventbus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LineRangesTest {
    private final LineRanges lines = new LineRanges();

    @Test
    @DisplayName("neighbours make a range, in whatever order they come")
    void ranges() {
        List.of(7L, 3L, 5L, 4L, 1L, 8L, 11L).forEach(lines::add);
        assertThat(lines).hasToString("1, 3-5, 7-8, 11");
    }

    @Test
    @DisplayName("only the first line is the first")
    void first() {
        assertThat(lines.isEmpty()).isTrue();
        assertThat(lines.add(4)).isTrue();
        assertThat(lines.add(3)).isFalse();
        assertThat(lines.isEmpty()).isFalse();
    }
}
