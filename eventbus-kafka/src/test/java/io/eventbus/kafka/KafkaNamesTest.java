package io.eventbus.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventbus.spi.Group;
import io.eventbus.spi.TransportException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.internals.Topic;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What topics and groups are called at the broker. */
class KafkaNamesTest {

    private static final List<String> PARTS = List.of(
            "a", ".", "dlq", ".dlq", "_dlq", "_", "-", "2E", "_2E", ".2E", "3A", ":", "5F", "\n", "\u00e9", "e\u0301",
            "A");

    @Test
    @DisplayName("plain names stay as they are, joined by dots")
    void plain() {
        Group group = new Group("orders.eu-1", "projections");

        assertThat(KafkaNames.topic("orders.eu-1")).isEqualTo("orders.eu-1");
        assertThat(KafkaNames.group(group)).isEqualTo("orders.eu-1.projections");
        assertThat(KafkaNames.deadLetters(group)).isEqualTo("orders.eu-1.projections.dlq");
    }

    @Test
    @DisplayName("what would be mistaken is escaped")
    void escaped() {
        assertThat(KafkaNames.topic("a_b")).isEqualTo("a_5Fb");
        assertThat(KafkaNames.topic("a.5Fb")).isEqualTo("a_2E5Fb");
        assertThat(KafkaNames.topic("a.dlq")).isEqualTo("a_2Edlq");
        assertThat(KafkaNames.topic("shop\u001forders")).isEqualTo("shop_1Forders");
        assertThat(KafkaNames.topic(".")).isEqualTo("_2E");
        assertThat(KafkaNames.group(new Group("a", "b.c"))).isEqualTo("a.b_2Ec");
        assertThat(KafkaNames.group(new Group("a.b", "c"))).isEqualTo("a.b.c");
        assertThat(KafkaNames.group(new Group("a", "5F"))).isEqualTo("a._35F");
    }

    @Test
    @DisplayName("no two names have a topic in common, nor topics that Kafka takes for the same")
    void topicsAreDistinct() {
        List<String> names = shortWords().toList();
        List<String> topics = new ArrayList<>(words().map(KafkaNames::topic).toList());
        for (String topic : names) {
            names.forEach(name -> topics.add(KafkaNames.deadLetters(new Group(topic, name))));
        }

        assertThat(topics).hasSizeGreaterThan(80_000).allMatch(Topic::isValid);
        assertThat(topics.stream().map(topic -> topic.replace('.', '_'))).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("no two groups have their offsets in common")
    void groupsAreDistinct() {
        List<String> names = shortWords().toList();
        List<String> groups = new ArrayList<>();
        for (String topic : names) {
            names.forEach(name -> groups.add(KafkaNames.group(new Group(topic, name))));
        }

        assertThat(groups).hasSizeGreaterThan(80_000).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName(
            "a name that is too long is refused with its length; the longest counts, which is that of the dead letters")
    void tooLong() {
        Group longest = new Group("t".repeat(200), "g".repeat(44));
        Group longer = new Group("t".repeat(200), "g".repeat(45));

        assertThat(KafkaNames.deadLetters(longest)).hasSize(249);
        assertThatThrownBy(() -> KafkaNames.group(longer))
                .isInstanceOfSatisfying(
                        TransportException.class, e -> assertThat(e.kind()).isEqualTo(TransportException.Kind.REJECTED))
                .hasMessageContaining("249 characters")
                .hasMessageContaining("250");
    }

    private static Stream<String> shortWords() {
        return Stream.concat(
                        PARTS.stream(),
                        PARTS.stream().flatMap(a -> PARTS.stream().map(b -> a + b)))
                .distinct();
    }

    private static Stream<String> words() {
        return Stream.concat(
                        shortWords(), shortWords().flatMap(a -> PARTS.stream().map(b -> a + b)))
                .distinct();
    }
}
