package io.eventbus.internal;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventbus.InvalidEventException;
import io.eventbus.spi.Limits;
import io.eventbus.spi.Message;
import io.eventbus.spi.TransportException.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before anything is sent. */
class MessageLimitsTest {

    private static final String LONE_SURROGATE = "a\ud800";

    private final MessageLimits limits = new MessageLimits(new Limits(10, 30, 8, 12));
    private final Parts good = new Parts("id", "Order", "Placed", "key", "routing", Map.of(), Map.of(), 10);

    /** The parts of a message that are looked at. */
    private record Parts(
            String id,
            String aggregateType,
            String type,
            @Nullable String key,
            String routingKey,
            Map<String, String> attributes,
            Map<String, String> headers,
            int size) {

        Message message() {
            return new Message(id, aggregateType, type, key, routingKey, "", attributes, headers, new byte[size]);
        }

        Parts id(String other) {
            return new Parts(other, aggregateType, type, key, routingKey, attributes, headers, size);
        }

        Parts type(String other) {
            return new Parts(id, aggregateType, other, key, routingKey, attributes, headers, size);
        }

        Parts key(@Nullable String other) {
            return new Parts(id, aggregateType, type, other, routingKey, attributes, headers, size);
        }

        Parts routingKey(String other) {
            return new Parts(id, aggregateType, type, key, other, attributes, headers, size);
        }

        Parts attributes(Map<String, String> other) {
            return new Parts(id, aggregateType, type, key, routingKey, other, headers, size);
        }

        Parts headers(Map<String, String> other) {
            return new Parts(id, aggregateType, type, key, routingKey, attributes, other, size);
        }

        Parts size(int other) {
            return new Parts(id, aggregateType, type, key, routingKey, attributes, headers, other);
        }
    }

    @Test
    @DisplayName("what is exactly at a limit is let through")
    void atTheLimit() {
        assertAccepted(good);
        assertAccepted(good.size(0));
        assertAccepted(good.routingKey("r".repeat(12)));
        assertAccepted(good.routingKey(""));
        assertAccepted(good.key(null));
        assertAccepted(good.key("k".repeat(1024)));
        assertAccepted(good.id("i".repeat(200)));
        assertAccepted(good.headers(Map.of("n".repeat(8), "v".repeat(22))));
        assertAccepted(good.headers(Map.of("n", "")));
    }

    @Test
    @DisplayName("a payload one byte too large is refused with both sizes")
    void payload() {
        assertRefused(good.size(11), "11 bytes", "at most 10");
    }

    @ParameterizedTest
    @ValueSource(strings = {"u", "\u007f", "\u0080", "ü", "\u07ff", "\u0800", "€", "\uffff", "\ud83d\ude00"})
    @DisplayName("sizes are counted in bytes of UTF-8")
    void countsBytes(String sign) {
        int bytes = sign.getBytes(StandardCharsets.UTF_8).length;
        assertAccepted(good.routingKey(sign.repeat(12 / bytes)));
        assertRefused(good.routingKey(sign.repeat(12 / bytes) + "u"), "routing key", "13 bytes", "12");
    }

    @Test
    @DisplayName("the names and values of all headers together have a limit")
    void allHeaders() {
        Map<String, String> headers = new HashMap<>();
        IntStream.range(0, 10).forEach(i -> headers.put("n" + i, "v"));
        assertAccepted(good.headers(headers));
        headers.put("x", "");
        assertRefused(good.headers(headers), "headers", "31 bytes", "30");
    }

    @Test
    @DisplayName("a header's name has a limit of its own, and is not empty")
    void headerName() {
        assertRefused(good.headers(Map.of("n".repeat(9), "")), "header name", "9 bytes", "8");
        assertRefused(good.headers(Map.of("", "v")), "empty name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "a\u0000"})
    @DisplayName("an id is neither empty nor does it hold control characters")
    void id(String id) {
        assertRefused(good.id(id), "the id");
    }

    @Test
    @DisplayName("id, key, correlation id and causation id have limits, whatever the transport can carry")
    void engineLimits() {
        assertRefused(good.id("i".repeat(201)), "201 bytes", "200");
        assertRefused(good.key("k".repeat(1025)), "key", "1025 bytes", "1024");
        for (String attribute : new String[] {HeaderNames.CORRELATION_ID, HeaderNames.CAUSATION_ID}) {
            assertRefused(good.attributes(Map.of(attribute, "c".repeat(1025))), "1025 bytes");
        }
    }

    @Test
    @DisplayName("an event without a type is refused")
    void type() {
        assertRefused(good.type(""), "type is empty");
    }

    @Test
    @DisplayName("text that UTF-8 cannot carry is refused wherever it stands")
    void malformedText() {
        assertRefused(good.id(LONE_SURROGATE), "well-formed");
        assertRefused(good.type(LONE_SURROGATE), "well-formed");
        assertRefused(good.key(LONE_SURROGATE), "well-formed");
        assertRefused(good.routingKey(LONE_SURROGATE), "well-formed");
        assertRefused(good.headers(Map.of(LONE_SURROGATE, "v")), "well-formed");
        assertRefused(good.headers(Map.of("n", LONE_SURROGATE)), "well-formed");
    }

    @Test
    @DisplayName("half a pair of surrogates is malformed on either side of anything")
    void halfPairs() {
        for (String half : new String[] {"\ud83d", "\ude00"}) {
            assertRefused(good.key(half), "well-formed");
            assertRefused(good.key(half + "a"), "well-formed");
            assertRefused(good.key("a" + half), "well-formed");
            assertRefused(good.key(half + half), "well-formed");
            assertRefused(good.key("\ud83d\ude00" + half), "well-formed");
        }
        assertRefused(good.key("\ude00\ud83d"), "well-formed");
    }

    private void assertAccepted(Parts parts) {
        assertThatCode(() -> limits.check(parts.message())).doesNotThrowAnyException();
    }

    private void assertRefused(Parts parts, String... texts) {
        assertThatExceptionOfType(InvalidEventException.class)
                .isThrownBy(() -> limits.check(parts.message()))
                .withMessageContainingAll(texts)
                .matches(e -> e.outcome() == Outcome.NOT_ACCEPTED)
                .matches(e -> e.eventId().equals(parts.id()));
    }
}
