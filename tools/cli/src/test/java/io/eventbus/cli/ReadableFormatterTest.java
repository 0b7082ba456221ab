package io.eventbus.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.Event;
import io.eventbus.EventMetadata;
import io.eventbus.RawEvent;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReadableFormatterTest {

    @Test
    @DisplayName("a line has time, type, key and payload")
    void plain() {
        assertThat(ReadableFormatter.format(event("42", "{}")))
                .isEqualTo("2026-01-31T12:00:00.123Z  Order.Placed  42  {}");
    }

    @Test
    @DisplayName("an event without a key has a dash")
    void noKey() {
        assertThat(ReadableFormatter.format(event(null, "{}"))).contains("  -  ");
    }

    @Test
    @DisplayName("a long payload is cut after whole characters")
    void longPayload() {
        assertThat(ReadableFormatter.format(event("42", "😀".repeat(81)))).endsWith("  " + "😀".repeat(80) + "...");
        assertThat(ReadableFormatter.format(event("42", "😀".repeat(80)))).endsWith("  " + "😀".repeat(80));
    }

    @Test
    @DisplayName("nothing in an event steers the terminal or begins another line")
    void controls() {
        assertThat(ReadableFormatter.format(event("a\u001b[31m\n", "b\r\n\u009bc\u2028")))
                .endsWith("  a [31m   b   c ");
    }

    private static Event<RawEvent> event(@Nullable String key, String body) {
        RawEvent raw = new RawEvent("Order", "Placed", key, "application/json", body.getBytes(UTF_8));
        Instant time = Instant.parse("2026-01-31T12:00:00.123456Z");
        return new Event<>(
                raw, new EventMetadata("e1", "Order", "Placed", key, null, 1, 0, time, null, null, null, Map.of(), 1));
    }
}
