package io.eventbus.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Patterns over the words of a routing key. */
class TopicPatternTest {

    @ParameterizedTest
    @CsvSource({
        "a, a",
        "a.b, a.b",
        "*, a",
        "*.b, a.b",
        "a.*, a.b",
        "*.*, a.b",
        "#, ''",
        "#, a",
        "#, a.b.c",
        "a.#, a",
        "a.#, a.b.c",
        "#.c, c",
        "#.c, a.b.c",
        "a.#.c, a.c",
        "a.#.c, a.b.b.c",
        "#.b.#, a.b.c",
        "#.b.#, b",
        "#.#, ''",
        "#.*, a",
        "*.#, a",
        "#.a.#.b.#, x.a.y.a.b",
        "a.#.b.*.c, a.b.b.b.x.c",
        "'', ''",
        "a..b, a..b",
        "a.*.b, a..b",
        "*., a.",
        "ä.*, ä.😀"
    })
    @DisplayName("matches")
    void matches(String pattern, String routingKey) {
        assertThat(new TopicPattern(pattern).matches(routingKey)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "a, b",
        "a, A",
        "a, a.b",
        "a.b, a",
        "*, ''",
        "*, a.b",
        "*.*, a",
        "a.*, a",
        "a.*, a.b.c",
        "a.#, b",
        "#.c, c.d",
        "a.#.c, a",
        "a.#.c, a.b",
        "'', a",
        "#.*, ''",
        "a.b, a.b.",
        "a*, ab",
        "a#, ab",
        "#.a.#.b.#, b.a",
        "*.*.#, a"
    })
    @DisplayName("does not match")
    void doesNotMatch(String pattern, String routingKey) {
        assertThat(new TopicPattern(pattern).matches(routingKey)).isFalse();
    }

    @Test
    @DisplayName("a pattern that is hard to match takes no time that grows beyond reason")
    void hardPattern() {
        TopicPattern pattern = new TopicPattern("#.a.".repeat(20) + "b");
        String routingKey = "a.".repeat(100) + "c";
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertThat(pattern.matches(routingKey)).isFalse());
    }
}
