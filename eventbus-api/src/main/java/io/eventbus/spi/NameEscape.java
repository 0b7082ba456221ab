package io.eventbus.spi;

import java.nio.charset.StandardCharsets;
import java.util.function.IntPredicate;

/**
 * Writes a name in the alphabet of one broker so that two different names never become one: every character outside the
 * alphabet, and the marker itself, is written as the marker and two hexadecimal digits for each byte of its UTF-8 form.
 *
 * @param marker begins an escaped byte; itself a character that the broker takes
 * @param plain the code points that stay as they are
 */
public record NameEscape(char marker, IntPredicate plain) {

    /**
     * Escapes a name.
     *
     * @param name any well-formed text
     * @return the name in the broker's alphabet; unchanged if all of it is plain
     */
    public String escape(String name) {
        StringBuilder escaped = new StringBuilder(name.length());
        name.codePoints().forEach(codePoint -> {
            if (codePoint != marker && plain.test(codePoint)) {
                escaped.appendCodePoint(codePoint);
            } else {
                appendBytes(escaped, Character.toString(codePoint));
            }
        });
        return escaped.toString();
    }

    /**
     * Escapes a name that would be taken for something else, such as a reserved word, although its characters are plain:
     * its first character is escaped whatever it is.
     *
     * @param name any well-formed text that is not empty
     * @return a name that differs from every result of {@link #escape}
     */
    public String escapeWhole(String name) {
        int rest = name.offsetByCodePoints(0, 1);
        StringBuilder escaped = new StringBuilder();
        appendBytes(escaped, name.substring(0, rest));
        return escaped.append(escape(name.substring(rest))).toString();
    }

    private void appendBytes(StringBuilder target, String character) {
        for (byte unit : character.getBytes(StandardCharsets.UTF_8)) {
            target.append(marker).append(String.format("%02X", unit));
        }
    }
}
