package io.eventbus.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventbus.Event;
import io.eventbus.RawEvent;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventParserTest {

    @Test
    @DisplayName("four fields make an event with an id of its own and the usual content type")
    void fourFields() throws BadLineException {
        Event<RawEvent> event = EventParser.parse(
                "{\"aggregateType\":\"Order\",\"type\":\"Placed\",\"key\":\"42\",\"data\":{\"a\":1}}");
        assertThat(event.payload().aggregateType()).isEqualTo("Order");
        assertThat(event.payload().type()).isEqualTo("Placed");
        assertThat(event.payload().key()).isEqualTo("42");
        assertThat(event.payload().contentType()).isEqualTo("application/json");
        assertThat(body(event)).isEqualTo("{\"a\":1}");
        assertThat(event.id()).isNotEmpty();
    }

    @ParameterizedTest
    @DisplayName("the payload keeps every character that it has in the line")
    @ValueSource(
            strings = {
                "{ \"n\" : 1.10, \"n\":2 }",
                "123456789012345678901234567890.0e400",
                "\"\\u00e9 \\ud800 é 😀\"",
                "[1 , [ ], {}]",
                "null",
                "-0",
                "true",
                "\"\"",
            })
    void payloadIsUntouched(String data) throws BadLineException {
        assertThat(body(EventParser.parse("{\"data\": " + data + " , \"aggregateType\":\"A\",\"type\":\"T\"}")))
                .isEqualTo(data);
        assertThat(body(EventParser.parse("{\"aggregateType\":\"A\",\"type\":\"T\",\"data\":" + data + "}")))
                .isEqualTo(data);
    }

    @Test
    @DisplayName("a payload longer than the parser's buffer keeps every character too")
    void longPayload() throws BadLineException {
        String data = "[" + "\"0123456789 é\", ".repeat(20_000) + "1.50]";
        assertThat(body(EventParser.parse("{\"aggregateType\":\"A\",\"data\":" + data + ",\"type\":\"T\"}")))
                .isEqualTo(data);
    }

    @Test
    @DisplayName("a line may say everything that is known about an event")
    void allFields() throws BadLineException {
        Event<RawEvent> event = EventParser.parse("""
                {"id":"e1","time":"2026-01-31T13:00:00+01:00","aggregateType":"A","type":"T","key":null,"routingKey":"r",\
                "correlationId":"c","causationId":"d","aggregateVersion":7,"schemaVersion":2,"headers":{"h":"v"},\
                "contentType":"text/plain","dataBase64":"aGk="}""");
        assertThat(event.id()).isEqualTo("e1");
        assertThat(event.occurredAt()).isEqualTo(Instant.parse("2026-01-31T12:00:00Z"));
        assertThat(event.payload().key()).isNull();
        assertThat(event.metadata().routingKey()).isEqualTo("r");
        assertThat(event.correlationId()).isEqualTo("c");
        assertThat(event.causationId()).isEqualTo("d");
        assertThat(event.metadata().aggregateVersion()).isEqualTo(7);
        assertThat(event.metadata().schemaVersion()).isEqualTo(2);
        assertThat(event.headers()).isEqualTo(Map.of("h", "v"));
        assertThat(event.payload().contentType()).isEqualTo("text/plain");
        assertThat(body(event)).isEqualTo("hi");
    }

    @ParameterizedTest
    @DisplayName("a line that is no event is refused with the reason")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "nonsense                                                      | not JSON",
                "[1]                                                           | expected an object",
                "{\"type\":\"T\",\"data\":1}                                   | aggregateType is missing",
                "{\"aggregateType\":\"A\",\"data\":1}                          | type is missing",
                "{\"aggregateType\":\"A\",\"type\":\"T\"}                      | data is missing",
                "{\"aggregateType\":\"A\",\"type\":\"T\",\"data\":1,\"dataBase64\":\"\"} | both data and dataBase64",
                "{\"aggregateType\":\"A\",\"type\":\"T\",\"data\":1} x         | not JSON",
                "{\"aggregateType\":\"A\",\"type\":\"T\",\"data\":1} 2         | something follows",
                "{\"aggregateType\":\"A\",\"type\":\"T\",\"data\":01}          | not JSON",
                "{\"aggregateType\":\"A\",\"type\":\"T\",\"data\":[1           | not JSON",
                "{\"aggregateType\":\"A\",\"type\":\"T\",\"data\":1,\"data\":2} | data is there twice",
                "{\"aggregateType\":\"A\",\"type\":\"T\",\"data\":1,\"kye\":\"\"} | unknown field kye",
                "{\"aggregateType\":\"A\",\"type\":7,\"data\":1}               | type: expected a string, at column 29",
                "{\"aggregateType\":\"A\",\"type\":\"T\",\"data\":1,\"time\":\"today\"} | time: expected a time such as",
                "{\"aggregateType\":\"A\",\"type\":\"T\",\"data\":1,\"headers\":{\"h\":1}} | headers.h: expected a string",
                "{\"aggregateType\":\"A\",\"type\":\"T\",\"data\":1,\"aggregateVersion\":0} | expected a whole number above",
                "{\"aggregateType\":\"A\",\"type\":\"T\",\"data\":1,\"schemaVersion\":2147483648} | schemaVersion is 2147483648",
                "{\"aggregateType\":\"A\",\"type\":\"T\",\"dataBase64\":\"?\"} | dataBase64 is not Base64",
            })
    void badLines(String line, String reason) {
        assertThatThrownBy(() -> EventParser.parse(line))
                .isInstanceOf(BadLineException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @DisplayName("what is wrong with the JSON is said in words of JSON, not of the parser")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "nonsense              | not JSON: Unrecognized token 'nonsense': was expecting",
                "{\"data\":[1         | not JSON: Unexpected end-of-input: expected close marker for Array, at column 11",
                "{\"data\":           | not JSON: Unexpected end-of-input within/between Object entries, at column 9",
                "{\"data\":[1}        | not JSON: Unexpected close marker '}': expected ']', at column 11",
                "{\"data\":NaN        | not JSON: Non-standard token 'NaN', at column 12",
                "{\"data\":+1         | not JSON: ",
                "{\"data\":1 // why   | not JSON: Unexpected character ('/' (code 47)): maybe a (non-standard) comment?, at",
                "{\"data\":1,}        | not JSON: Unexpected character ('}' (code 125)): was expecting double-quote",
            })
    void badJson(String line, String reason) {
        assertThatThrownBy(() -> EventParser.parse(line))
                .isInstanceOf(BadLineException.class)
                .hasMessageStartingWith(reason)
                .message()
                .doesNotContain("`", "Source", "Feature", "REDACTED");
    }

    @Test
    @DisplayName("a payload that is nested too deeply is refused with the limit")
    void nestedTooDeeply() {
        assertThatThrownBy(() -> EventParser.parse("{\"data\":" + "[".repeat(2000)))
                .isInstanceOf(BadLineException.class)
                .hasMessage("Document nesting depth (1001) exceeds the maximum allowed (1000)");
    }

    private static String body(Event<RawEvent> event) {
        return new String(event.payload().body(), UTF_8);
    }
}
