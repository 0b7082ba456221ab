package io.eventbus.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LineReaderTest {

    @Test
    @DisplayName("every line is numbered, the empty ones and an unfinished last one too")
    void numbers() throws Exception {
        LineReader lines = reader("a\n\nb".getBytes(UTF_8));
        assertThat(lines.next()).contains("a");
        assertThat(lines.next()).contains("");
        assertThat(lines.next()).contains("b");
        assertThat(lines.number()).isEqualTo(3);
        assertThat(lines.next()).isEmpty();
        assertThat(lines.number()).isEqualTo(3);
    }

    @Test
    @DisplayName("bytes that are no UTF-8 are refused, and the next line is read")
    void notUtf8() throws Exception {
        LineReader lines = reader(new byte[] {'a', -1, '\n', 'b', '\n'});
        assertThatThrownBy(lines::next).isInstanceOf(BadLineException.class).hasMessage("the line is not UTF-8");
        assertThat(lines.next()).contains("b");
    }

    @Test
    @DisplayName("a line that is too long is skipped without being kept, and the next one is read")
    void tooLong() throws Exception {
        LineReader lines = new LineReader(new ByteArrayInputStream("123456\n12345\n".getBytes(UTF_8)), 5);
        assertThatThrownBy(lines::next)
                .isInstanceOf(BadLineException.class)
                .hasMessage("the line has 6 bytes; at most 5 are read");
        assertThat(lines.next()).contains("12345");
    }

    @Test
    @DisplayName("a byte order mark before the first line is not part of it")
    void byteOrderMark() throws Exception {
        assertThat(reader("\uFEFFa".getBytes(UTF_8)).next()).contains("a");
    }

    private static LineReader reader(byte[] bytes) {
        return new LineReader(new ByteArrayInputStream(bytes));
    }
}
