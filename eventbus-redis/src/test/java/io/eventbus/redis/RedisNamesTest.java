package io.eventbus.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventbus.spi.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisNamesTest {

    private static final List<String> PARTS =
            List.of("a", "{", "}", ":", "dlq", ":dlq:", "}:dlq:", "%", "%7B", "%7D", "\u00e9", "e\u0301", "A", " ");
    private static final RedisNames NAMES = new RedisNames("eventbus");

    @Test
    @DisplayName("plain names come out as they are")
    void plain() {
        assertThat(NAMES.stream("orders.eu")).isEqualTo("eventbus:{orders.eu}");
        assertThat(NAMES.deadLetters(new Group("orders.eu", "projections")))
                .isEqualTo("eventbus:{orders.eu}:dlq:projections");
        assertThat(new RedisNames("shop:bus").stream("orders")).isEqualTo("shop:bus:{orders}");
    }

    @Test
    @DisplayName("what would end the hash tag or cannot be typed is escaped")
    void escaped() {
        assertThat(NAMES.stream("shop\u001forders")).isEqualTo("eventbus:{shop%1Forders}");
        assertThat(NAMES.stream("a}b{c%")).isEqualTo("eventbus:{a%7Db%7Bc%25}");
    }

    @Test
    @DisplayName("no two topics or groups have a key in common")
    void distinct() {
        List<String> keys = new ArrayList<>();
        for (String topic : words()) {
            keys.add(NAMES.stream(topic));
            words().forEach(group -> keys.add(NAMES.deadLetters(new Group(topic, group))));
        }

        assertThat(keys).hasSizeGreaterThan(10_000).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("all keys of a topic have the topic as their hash tag")
    void hashTag() {
        for (String topic : words()) {
            assertThat(tag(NAMES.deadLetters(new Group(topic, "{x}"))))
                    .isNotEmpty()
                    .isEqualTo(tag(NAMES.stream(topic)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a{b", "a}b"})
    @DisplayName("a prefix that would be the hash tag is refused")
    void prefix(String prefix) {
        assertThatThrownBy(() -> new RedisNames(prefix))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("redis.prefix");
    }

    /** As a cluster finds it. */
    private static String tag(String key) {
        int begin = key.indexOf('{');
        return key.substring(begin + 1, key.indexOf('}', begin));
    }

    private static List<String> words() {
        return Stream.concat(
                        PARTS.stream(),
                        PARTS.stream().flatMap(a -> PARTS.stream().map(b -> a + b)))
                .distinct()
                .toList();
    }
}
