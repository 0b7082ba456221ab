package io.eventbus.cli;

import io.eventbus.Event;
import io.eventbus.RawEvent;
import io.eventbus.spi.Message;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Objects;

/** Writes an event as a line for people: time, type, key, and the beginning of the payload. */
final class ReadableFormatter {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final int PAYLOAD_CHARACTERS = 80;
    /** No character takes more bytes in UTF-8. */
    private static final int MAX_BYTES_A_CHARACTER = 4;

    private ReadableFormatter() {}

    static String format(Event<RawEvent> event) {
        String line =
                TIME.format(event.occurredAt()) + "  " + Message.typeKey(event.aggregateType(), event.type()) + "  "
                        + Objects.requireNonNullElse(event.key(), "-") + "  "
                        + beginning(event.payload().body());
        return withoutControls(line);
    }

    static String beginning(byte[] body) {
        int enough = Math.min(body.length, PAYLOAD_CHARACTERS * MAX_BYTES_A_CHARACTER + 1);
        String text = new String(Arrays.copyOf(body, enough), StandardCharsets.UTF_8);
        if (text.codePointCount(0, text.length()) <= PAYLOAD_CHARACTERS) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, PAYLOAD_CHARACTERS)) + "...";
    }

    /** What an event holds must not steer the terminal, nor begin a line. */
    static String withoutControls(String text) {
        return text.replaceAll("\\p{Cntrl}|[\\x{80}-\\x{9F}\\x{2028}\\x{2029}]", " ");
    }
}
