package io.eventbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Payloads as JSON. */
class JsonCodecTest {

    /** A payload of what needs care. */
    record Payload(Instant at, BigDecimal total, String text) {}

    private static final Payload PAYLOAD =
            new Payload(Instant.parse("2026-11-20T16:00:00.123456789Z"), new BigDecimal("1.10"), "Grüße 😀");

    private final JsonCodec codec = new JsonCodec();

    @Test
    @DisplayName("a payload comes back equal")
    void roundTrip() throws IOException {
        assertThat(codec.decode(codec.encode(PAYLOAD), Payload.class)).isEqualTo(PAYLOAD);
    }

    @Test
    @DisplayName("times are written as ISO text")
    void isoTimes() throws IOException {
        assertThat(new String(codec.encode(PAYLOAD), StandardCharsets.UTF_8))
                .contains("\"2026-11-20T16:00:00.123456789Z\"");
    }

    @Test
    @DisplayName("fields that the class does not have are ignored")
    void unknownFields() throws IOException {
        Payload decoded = codec.decode(bytes("{\"text\":\"x\",\"new\":[1]}"), Payload.class);
        assertThat(decoded.text()).isEqualTo("x");
    }

    @Test
    @DisplayName("the JSON null is no payload")
    void nullPayload() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> codec.decode(bytes("null"), Payload.class))
                .withMessageContaining("null");
    }

    @Test
    @DisplayName("a mapper with default typing is refused, since payloads could choose classes")
    void refusesDefaultTyping() {
        ObjectMapper mapper = JsonMapper.builder()
                .activateDefaultTyping(
                        BasicPolymorphicTypeValidator.builder().build(), ObjectMapper.DefaultTyping.NON_FINAL)
                .build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JsonCodec(mapper))
                .withMessageContaining("default typing");
    }

    @Test
    @DisplayName("a mapper of the application's is used as it is")
    void ownMapper() throws IOException {
        JsonCodec own = new JsonCodec(JsonMapper.builder().findAndAddModules().build());
        assertThat(own.decode(bytes("{\"text\":\"x\"}"), Payload.class).text()).isEqualTo("x");
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
