package io.eventbus.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventbus.spi.Group;
import io.eventbus.spi.TransportException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RabbitNamesTest {

    private static final List<String> PARTS =
            List.of("a", "amq", ".", "dlq", "_dlq", "_", "%", "%5Fdlq", "%64lq", "%61", "\n", "\u00e9", "e\u0301", "A");

    @Test
    @DisplayName("plain names stay as they are, joined by dots")
    void plain() {
        Group group = new Group("orders.eu", "projections");

        assertThat(RabbitNames.exchange("orders.eu")).isEqualTo("orders.eu");
        assertThat(RabbitNames.deadLetterExchange("orders.eu")).isEqualTo("orders.eu_dlq");
        assertThat(RabbitNames.queue(group)).isEqualTo("orders.eu.projections");
        assertThat(RabbitNames.deadLetterQueue(group)).isEqualTo("orders.eu.projections.dlq");
    }

    @Test
    @DisplayName("what would be mistaken is escaped")
    void escaped() {
        assertThat(RabbitNames.queue(new Group("a", "b.c"))).isEqualTo("a.b%2Ec");
        assertThat(RabbitNames.queue(new Group("a.b", "c"))).isEqualTo("a.b.c");
        assertThat(RabbitNames.queue(new Group("a", "dlq"))).isEqualTo("a.%64lq");
        assertThat(RabbitNames.exchange("a_dlq")).isEqualTo("a%5Fdlq");
        assertThat(RabbitNames.exchange("amq.topic")).isEqualTo("%61mq.topic");
        assertThat(RabbitNames.queue(new Group("amq", "g"))).isEqualTo("%61mq.g");
        assertThat(RabbitNames.exchange("shop\u001forders")).isEqualTo("shop%1Forders");
        assertThat(RabbitNames.exchange("100%")).isEqualTo("100%25");
    }

    @Test
    @DisplayName("no two topics have an exchange in common")
    void exchangesAreDistinct() {
        List<String> exchanges = words().flatMap(
                        topic -> Stream.of(RabbitNames.exchange(topic), RabbitNames.deadLetterExchange(topic)))
                .toList();

        assertThat(exchanges).hasSizeGreaterThan(5_000).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("no two groups have a queue in common")
    void queuesAreDistinct() {
        List<String> names = shortWords().toList();
        List<String> queues = new ArrayList<>();
        for (String topic : names) {
            for (String name : names) {
                queues.add(RabbitNames.queue(new Group(topic, name)));
                queues.add(RabbitNames.deadLetterQueue(new Group(topic, name)));
            }
        }

        assertThat(queues).hasSizeGreaterThan(80_000).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("no name is reserved by the broker or holds what it drops")
    void notReserved() {
        Stream<String> all = words().flatMap(
                        topic -> Stream.of(RabbitNames.exchange(topic), RabbitNames.queue(new Group(topic, "g"))));

        assertThat(all).noneMatch(name -> name.startsWith("amq.") || name.contains("\n"));
    }

    @Test
    @DisplayName("a name that is too long is refused with its length")
    void tooLong() {
        Group group = new Group("t".repeat(200), "g".repeat(200));

        assertThatThrownBy(() -> RabbitNames.queue(group))
                .isInstanceOfSatisfying(
                        TransportException.class, e -> assertThat(e.kind()).isEqualTo(TransportException.Kind.REJECTED))
                .hasMessageContaining("255 bytes")
                .hasMessageContaining("405");
    }

    @Test
    @DisplayName("the longest name counts, which is that of the dead letters")
    void longestCounts() {
        assertThat(RabbitNames.queue(new Group("t".repeat(200), "g".repeat(50))))
                .hasSize(251);
        assertThatThrownBy(() -> RabbitNames.queue(new Group("t".repeat(200), "g".repeat(51))))
                .isInstanceOf(TransportException.class);
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
