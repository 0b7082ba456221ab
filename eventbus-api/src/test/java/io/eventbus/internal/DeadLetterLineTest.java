package io.eventbus.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventbus.spi.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLetterLineTest {
    private static final byte[] NO_BODY = {};

    static Stream<byte[]> bodies() {
        byte[] every = new byte[256];
        for (int i = 0; i < every.length; i++) {
            every[i] = (byte) i;
        }
        return Stream.concat(
                Stream.of("", "{\"a\":1}", "\uFEFFbom", "a\nb\r\u2028c\u0000d", "x\uD83D\uDE00", "\uFFFD")
                        .map(text -> text.getBytes(StandardCharsets.UTF_8)),
                Stream.of(
                        every, new byte[] {(byte) 0xC0, (byte) 0x80}, new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80
                        }));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    @DisplayName("a payload comes back byte for byte, from one line")
    void bodyByteForByte(byte[] body) throws IOException {
        Message message = new Message("id", "A", "T", "k", "A.T", "x/y", Map.of("a", "b"), Map.of("C", "d"), body);
        assertSame(message);
    }

    @Test
    @DisplayName("a message that lacks everything comes back as it was")
    void lacksEverything() throws IOException {
        assertSame(new Message("", "", "", null, "", "", Map.of(), Map.of(), new byte[0]));
    }

    @Test
    @DisplayName("ten thousand messages of random content come back as they were")
    void random() throws IOException {
        Random random = new Random(4711);
        for (int i = 0; i < 10_000; i++) {
            byte[] body = new byte[random.nextInt(60)];
            random.nextBytes(body);
            assertSame(new Message(
                    text(random),
                    text(random),
                    text(random),
                    random.nextBoolean() ? null : text(random),
                    text(random),
                    text(random),
                    map(random),
                    map(random),
                    body));
        }
    }

    private static Map<String, String> map(Random random) {
        Map<String, String> map = new HashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            map.put(text(random), text(random));
        }
        return map;
    }

    /** Well-formed, and of everything that Unicode has. */
    private static String text(Random random) {
        return random.ints(random.nextInt(8), 0, 0x300)
                .map(codePoint -> random.nextInt(10) == 0 ? 0x1F600 + codePoint : codePoint)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static void assertSame(Message message) throws IOException {
        String line = DeadLetterLine.format(message);
        assertThat(line).doesNotContain("\n", "\r");
        Message read = DeadLetterLine.parse(line);
        assertThat(read.body()).isEqualTo(message.body());
        assertThat(withoutBody(read)).isEqualTo(withoutBody(message));
    }

    private static Message withoutBody(Message message) {
        return new Message(
                message.id(),
                message.aggregateType(),
                message.type(),
                message.key(),
                message.routingKey(),
                message.contentType(),
                message.attributes(),
                message.headers(),
                NO_BODY);
    }

    @ParameterizedTest
    @DisplayName("what is no dead letter is refused")
    @ValueSource(
            strings = {
                "nonsense",
                "[]",
                "{}",
                "{\"body\":\"\"} x",
                "{\"body\":\"a\",\"bodyBase64\":\"\"}",
                "{\"bodyBase64\":\"!\"}",
                "{\"body\":1}",
                "{\"body\":\"\",\"body\":\"\"}",
                "{\"body\":\"\",\"headers\":{\"a\":1}}",
                "{\"body\":\"\",\"attributes\":\"\"}",
                "{\"body\":\"\",\"other\":\"\"}",
                "{\"body\":\"\""
            })
    void refused(String line) {
        assertThatThrownBy(() -> DeadLetterLine.parse(line)).isInstanceOf(IOException.class);
    }

    @Test
    @DisplayName("a name that is longer than any is refused with the limit")
    void nameTooLong() {
        String line = "{\"" + "a".repeat(60_000) + "\":1}";
        assertThatThrownBy(() -> DeadLetterLine.parse(line))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("exceeds the maximum allowed");
    }
}
