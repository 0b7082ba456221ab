package io.eventbus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The grammar of names. */
class NamesTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "a b", "a.b:c/d", "Bestellung-Ü", "注文", "😀", "#*", "e\u0301"})
    @DisplayName("any well-formed text without control characters is a name")
    void good(String name) {
        assertThat(Names.check("topic", name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " a", "a ", "a\tb", "a\nb", "\u0000", "a\u0085", "\ud800", "a\udc00b", "\u2003a"})
    @DisplayName("what cannot be a name is refused, saying of what and why")
    void bad(String name) {
        assertThat(Names.check("topic", name))
                .hasValueSatisfying(problem -> assertThat(problem).startsWith("topic "));
    }

    @Test
    @DisplayName("a name has 200 characters at most")
    void longest() {
        assertThat(Names.check("topic", "n".repeat(200))).isEmpty();
        assertThat(Names.check("topic", "n".repeat(201))).contains("topic has 201 characters; expected 1 to 200");
    }
}
