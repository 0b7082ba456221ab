package io.eventbus.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a message's fields and headers go over the wire. */
class WireHeadersTest {

    private static final WireHeaders WIRE =
            new WireHeaders("cloudEvents:", List.of("cloudEvents_"), name -> name.startsWith("x-death"));

    private static final List<String> PARTS = List.of(
            "eb-",
            "eb-h-",
            "eb-dl-",
            "cloudEvents:",
            "cloudEvents_",
            "cloudevents:",
            "ce_",
            "x-death",
            "X-DEATH",
            "id",
            "type",
            "content-type",
            "",
            " ",
            "\u0000",
            "\n",
            "ä",
            "😀",
            "\"",
            "/",
            "%",
            "=",
            "specversion");

    @Test
    @DisplayName("every field of a message comes back")
    void roundTrip() {
        Message message = new Message(
                "1",
                "Order",
                "Placed",
                "key",
                "own.routing",
                "text/plain",
                Map.of("time", "now", "eb-dl-reason", "none"),
                Map.of("traceparent", "00-1-2-03"),
                new byte[] {1, 2});
        assertThat(readBack(message)).usingRecursiveComparison().isEqualTo(message);
    }

    @Test
    @DisplayName("a header of any name comes back, also one that looks like something else")
    void anyHeaderName() {
        Random random = new Random(20_261_120);
        for (int i = 0; i < 2000; i++) {
            Map<String, String> headers = new HashMap<>();
            for (int j = 0; j < 4; j++) {
                headers.put(randomName(random), randomName(random));
            }
            assertThat(readBack(message(headers)).headers()).isEqualTo(headers);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"eb-x", "eb-h-x", "cloudEvents:id", "cloudEvents_id", "x-death", "x-death-count"})
    @DisplayName("a header whose name would be taken for something else is written with a prefix")
    void reservedNames(String name) {
        assertThat(WIRE.write(message(Map.of(name, "value"))))
                .containsEntry("eb-h-" + name, "value")
                .doesNotContainEntry(name, "value");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id",
                "type",
                "Eb-x",
                "cloudevents:id",
                "cloudEvents:eb-x",
                "X-Death",
                "traceparent",
                "x-other",
                "h"
            })
    @DisplayName("any other header keeps its name")
    void plainNames(String name) {
        assertThat(WIRE.write(message(Map.of(name, "value")))).containsEntry(name, "value");
    }

    @Test
    @DisplayName(
            "attributes are written under the prefix, the engine's own under their names, with CloudEvents' version")
    void writesAttributes() {
        Message message = message(Map.of()).plus(Map.of("time", "now", "eb-dl-reason", "why"));
        assertThat(WIRE.write(message))
                .isEqualTo(Map.of(
                        "cloudEvents:specversion", "1.0",
                        "cloudEvents:id", "1",
                        "cloudEvents:type", "Placed",
                        "cloudEvents:aggregatetype", "Order",
                        "cloudEvents:time", "now",
                        "eb-dl-reason", "why"));
    }

    @Test
    @DisplayName("a key that is empty is not the same as none")
    void emptyKey() {
        assertThat(readBack(keyed("")).key()).isEmpty();
        assertThat(readBack(keyed(null)).key()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "Order.Placed", "order.placed", "anything"})
    @DisplayName("any routing key comes back, the default one without being written")
    void routingKeys(String routingKey) {
        Message message = new Message("1", "Order", "Placed", null, routingKey, "", Map.of(), Map.of(), new byte[0]);
        assertThat(readBack(message).routingKey()).isEqualTo(routingKey);
        assertThat(WIRE.write(message).containsKey("eb-routing-key")).isEqualTo(!routingKey.equals("Order.Placed"));
    }

    @Test
    @DisplayName("attributes that others wrote with another of the prefixes are read")
    void foreignPrefix() {
        Message message = read(Map.of("cloudEvents_id", "7", "cloudEvents_type", "com.example.thing"));
        assertThat(message.id()).isEqualTo("7");
        assertThat(message.type()).isEqualTo("com.example.thing");
        assertThat(message.routingKey()).isEqualTo("com.example.thing");
    }

    @Test
    @DisplayName("a message without any attribute has empty fields and all its headers")
    void foreignMessage() {
        Message message = read(Map.of("some", "header"));
        assertThat(List.of(message.id(), message.type(), message.aggregateType(), message.routingKey()))
                .containsOnly("");
        assertThat(message.key()).isNull();
        assertThat(message.headers()).isEqualTo(Map.of("some", "header"));
    }

    @Test
    @DisplayName("the broker's own headers are not the user's, and those that differ by their case are")
    void brokersHeaders() {
        assertThat(read(Map.of("x-death", "1", "X-Death-Count", "2", "mine", "3"))
                        .headers())
                .isEqualTo(Map.of("X-Death-Count", "2", "mine", "3"));
    }

    @Test
    @DisplayName("a version of CloudEvents that another wrote stays, unless it is ours")
    void foreignVersion() {
        Message other = read(Map.of("cloudEvents:specversion", "0.3"));

        assertThat(other.attributes()).isEqualTo(Map.of("specversion", "0.3"));
        assertThat(WIRE.write(other)).containsEntry("cloudEvents:specversion", "0.3");
        assertThat(read(Map.of("cloudEvents:specversion", "1.0")).attributes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cloudEvents:eb-h-x", "cloudEvents_eb-dl-reason", "cloudEvents:eb-routing-key"})
    @DisplayName("what another wrote with the prefix and a name of the engine's is a header, and stays one")
    void foreignNames(String name) {
        Message other = read(Map.of(name, "value"));

        assertThat(other.attributes()).isEmpty();
        assertThat(other.routingKey()).isEmpty();
        assertThat(other.headers()).isEqualTo(Map.of(name, "value"));
        assertThat(readBack(other).headers()).isEqualTo(Map.of(name, "value"));
    }

    private static Message readBack(Message message) {
        return WIRE.read(WIRE.write(message), message.contentType(), message.body());
    }

    private static Message read(Map<String, String> wire) {
        return WIRE.read(wire, "", new byte[0]);
    }

    private static Message message(Map<String, String> headers) {
        return new Message("1", "Order", "Placed", null, "Order.Placed", "", Map.of(), headers, new byte[0]);
    }

    private static Message keyed(@Nullable String key) {
        return new Message("1", "Order", "Placed", key, "Order.Placed", "", Map.of(), Map.of(), new byte[0]);
    }

    private static String randomName(Random random) {
        StringBuilder name = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            name.append(PARTS.get(random.nextInt(PARTS.size())));
        }
        return name.toString();
    }
}
