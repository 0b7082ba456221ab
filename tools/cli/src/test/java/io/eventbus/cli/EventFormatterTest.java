package io.eventbus.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.eventbus.Event;
import io.eventbus.EventMetadata;
import io.eventbus.RawEvent;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EventFormatterTest {
    private static final Instant TIME = Instant.parse("2026-01-31T12:00:00.123456789Z");

    @Test
    @DisplayName("a line has id, time, headers and the payload as it is")
    void plain() {
        assertThat(EventFormatter.format(event("42", "application/json", "{ \"n\":1.10 }".getBytes(UTF_8))))
                .isEqualTo(
                        "{\"id\":\"e1\",\"time\":\"2026-01-31T12:00:00.123456789Z\",\"aggregateType\":\"Order\","
                                + "\"type\":\"Placed\",\"key\":\"42\",\"headers\":{\"a\":\"1\",\"b\":\"2\"},\"data\":{ \"n\":1.10 }}");
    }

    @Test
    @DisplayName("a payload of several lines comes on one, with an equal value")
    void severalLines() throws IOException {
        String body = "{\r\n  \"text\": \"a\\nb\",\n  \"n\": 1\n}\n";
        String line = EventFormatter.format(event("42", "application/json", body.getBytes(UTF_8)));
        assertThat(line).doesNotContain("\n", "\r");
        ObjectMapper mapper = new ObjectMapper();
        assertThat(mapper.readTree(line).get("data")).isEqualTo(mapper.readTree(body));
    }

    @Test
    @DisplayName("an event of the real data is the same after a line and back")
    void realData() throws Exception {
        for (String line : Webhooks.lines()) {
            Event<RawEvent> event = EventParser.parse(line);
            Event<RawEvent> again = EventParser.parse(EventFormatter.format(delivered(event)));
            assertThat(again.payload().body()).isEqualTo(event.payload().body());
            assertThat(again.id()).isEqualTo(event.id());
            assertThat(again.occurredAt()).isEqualTo(event.occurredAt());
            assertThat(again.payload().key()).isEqualTo(event.payload().key());
            assertThat(again.payload().type()).isEqualTo(event.payload().type());
        }
    }

    @Test
    @DisplayName("bytes that are no JSON are the same after a line and back")
    void bytes() throws Exception {
        assertSameAfterwards("application/octet-stream", new byte[] {0, -1, 10, 13});
        assertSameAfterwards("text/plain", "{}".getBytes(UTF_8));
        assertSameAfterwards("", new byte[0]);
    }

    @Test
    @DisplayName("bytes that claim to be JSON and are none are the same after a line and back")
    void brokenJson() throws Exception {
        assertSameAfterwards("application/json", "{".getBytes(UTF_8));
        assertSameAfterwards("application/json", "1 2".getBytes(UTF_8));
        assertSameAfterwards("application/json", new byte[0]);
        assertSameAfterwards("application/json", new byte[] {'"', -1, '"'});
        assertSameAfterwards("application/json", "{}".getBytes(java.nio.charset.StandardCharsets.UTF_16BE));
    }

    @Test
    @DisplayName("other kinds of JSON keep their content type")
    void otherJson() throws Exception {
        assertSameAfterwards("application/vnd.order+json; v=1", "{\"a\":1}".getBytes(UTF_8));
        assertSameAfterwards("application/json; charset=utf-8", "null".getBytes(UTF_8));
    }

    @Test
    @DisplayName("whatever stands in key and headers, the line stays one line of JSON")
    void oddText() throws Exception {
        String odd = "\"\n\r\u0000\u007f\u2028😀\\";
        Event<RawEvent> again =
                EventParser.parse(EventFormatter.format(event(odd, "application/json", "1".getBytes(UTF_8))));
        assertThat(again.payload().key()).isEqualTo(odd);
    }

    private static void assertSameAfterwards(String contentType, byte[] body) throws BadLineException {
        Event<RawEvent> again = EventParser.parse(EventFormatter.format(event("42", contentType, body)));
        assertThat(again.payload().contentType()).isEqualTo(contentType);
        assertThat(again.payload().body()).isEqualTo(body);
    }

    private static Event<RawEvent> event(String key, String contentType, byte[] body) {
        return delivered(
                new RawEvent("Order", "Placed", key, contentType, body), "e1", TIME, Map.of("b", "2", "a", "1"));
    }

    /** As the bus delivers what was published: the names stand in the metadata too. */
    private static Event<RawEvent> delivered(Event<RawEvent> event) {
        return delivered(event.payload(), event.id(), event.occurredAt(), event.headers());
    }

    private static Event<RawEvent> delivered(RawEvent raw, String id, Instant time, Map<String, String> headers) {
        @Nullable String key = raw.key();
        return new Event<>(
                raw,
                new EventMetadata(
                        id, raw.aggregateType(), raw.type(), key, null, 1, 0, time, null, null, null, headers, 1));
    }
}
