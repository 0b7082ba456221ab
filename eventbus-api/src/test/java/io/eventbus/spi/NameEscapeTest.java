package io.eventbus.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How names are written in a broker's alphabet. */
class NameEscapeTest {

    private static final NameEscape ESCAPE = new NameEscape(
            '_', character -> character < 128 && (Character.isLetterOrDigit(character) || character == '-'));

    private static final List<String> TRICKY = List.of(
            "a", "A", "a.b", "a_b", "a b", "a-b", "a_2Eb", "a_5F2Eb", "a__b", "_", "__", "_61", "61", "_5F", ".", "..",
            "_dlq", ".dlq", "a.dlq", "ä", "a\u0308", "_C3_A4", "😀", "amq.a", "{a}", "%2E", "a\u0000", "日本");

    @Test
    @DisplayName("a plain name stays as it is")
    void plainStays() {
        assertThat(ESCAPE.escape("Order-1")).isEqualTo("Order-1");
    }

    @Test
    @DisplayName("other characters, and the marker itself, become the marker and their bytes in hexadecimal")
    void escapes() {
        assertThat(ESCAPE.escape("a.b_ä")).isEqualTo("a_2Eb_5F_C3_A4");
    }

    @Test
    @DisplayName("the result is in the alphabet")
    void resultIsPlain() {
        assertThat(TRICKY).allSatisfy(name -> assertThat(ESCAPE.escape(name)).matches("[A-Za-z0-9_-]+"));
    }

    @Test
    @DisplayName("different names stay different, those included that look like results")
    void isInjective() {
        Stream<String> names = Stream.concat(TRICKY.stream(), TRICKY.stream().map(ESCAPE::escape))
                .distinct();
        assertThat(names.map(ESCAPE::escape)).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("a name that is escaped as a whole is no other name's result")
    void wholeIsDifferent() {
        assertThat(ESCAPE.escapeWhole("amq")).isEqualTo("_61mq");
        assertThat(TRICKY.stream().map(ESCAPE::escape))
                .doesNotContain(ESCAPE.escapeWhole("a"), ESCAPE.escapeWhole("61"));
    }

    @Test
    @DisplayName("a first character of two code units is escaped as one")
    void wholeOfSurrogates() {
        NameEscape everything = new NameEscape('%', character -> true);
        assertThat(everything.escapeWhole("😀%")).isEqualTo("%F0%9F%98%80%25");
    }
}
