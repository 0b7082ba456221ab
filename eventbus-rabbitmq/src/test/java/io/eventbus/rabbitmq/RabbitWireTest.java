package io.eventbus.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.impl.LongStringHelper;
import io.eventbus.spi.Message;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RabbitWireTest {

    private static final byte[] BODY = {1, 2, 3};

    @Test
    @DisplayName("what others see in native properties is there too")
    void nativeProperties() {
        BasicProperties properties = RabbitWire.toTopic(message("Order.Placed", Map.of()));

        assertThat(properties.getMessageId()).isEqualTo("id-1");
        assertThat(properties.getType()).isEqualTo("Placed");
        assertThat(properties.getContentType()).isEqualTo("application/json");
        assertThat(properties.getTimestamp()).isEqualTo(Date.from(Instant.parse("2026-01-02T03:04:05.678Z")));
        assertThat(properties.getDeliveryMode()).isEqualTo(2);
        assertThat(properties.getAppId()).isNull();
    }

    @Test
    @DisplayName("attributes are headers with the prefix of CloudEvents")
    void attributes() {
        assertThat(RabbitWire.toTopic(message("Order.Placed", Map.of("tenant", "t1")))
                        .getHeaders())
                .containsOnly(
                        entry("cloudEvents:specversion", "1.0"),
                        entry("cloudEvents:id", "id-1"),
                        entry("cloudEvents:type", "Placed"),
                        entry("cloudEvents:aggregatetype", "Order"),
                        entry("cloudEvents:partitionkey", "o-1"),
                        entry("cloudEvents:time", "2026-01-02T03:04:05.678Z"),
                        entry("tenant", "t1"));
    }

    @Test
    @DisplayName("a routing key of its own lets queues select by the type key too")
    void blindCopy() {
        assertThat(RabbitWire.toTopic(message("eu.orders", Map.of())).getHeaders())
                .containsEntry("BCC", List.of("Order.Placed"));
        assertThat(RabbitWire.toTopic(message("Order.Placed", Map.of())).getHeaders())
                .doesNotContainKey("BCC");
        assertThat(RabbitWire.toQueue(message("eu.orders", Map.of()), 1).getHeaders())
                .doesNotContainKey("BCC");
    }

    @Test
    @DisplayName("names that belong to the broker come back as the user wrote them")
    void brokersNames() {
        Map<String, String> headers =
                Map.of("CC", "1", "BCC", "2", "x-death", "3", "x-delivery-count", "4", "x-tenant", "5");
        BasicProperties sent = RabbitWire.toTopic(message("Order.Placed", headers));

        assertThat(sent.getHeaders()).doesNotContainKeys("CC", "BCC", "x-death", "x-delivery-count");
        assertThat(RabbitWire.read(sent, BODY, null).headers()).isEqualTo(headers);
    }

    @Test
    @DisplayName("what the broker added is not the user's")
    void addedByTheBroker() {
        BasicProperties properties = properties(Map.of(
                "x-death", List.of(Map.of("count", 1L)),
                "x-first-death-queue", LongStringHelper.asLongString("q"),
                "x-delivery-count", 3L,
                "x-eb-send-number", 7L,
                "mine", LongStringHelper.asLongString("kept")));

        assertThat(RabbitWire.read(properties, BODY, null).headers()).containsOnly(entry("mine", "kept"));
    }

    @Test
    @DisplayName("what differs from the broker's names by its case is the user's")
    void otherCase() {
        Map<String, String> headers = Map.of("cc", "1", "Bcc", "2", "X-Death", "3");
        Map<String, Object> wire = new HashMap<>(headers);

        assertThat(RabbitWire.read(properties(wire), BODY, null).headers()).isEqualTo(headers);
    }

    @Test
    @DisplayName("header values of every AMQP type become text")
    void typedHeaders() {
        Map<String, Object> headers = new HashMap<>();
        headers.put("text", LongStringHelper.asLongString("t\u00e9xt"));
        headers.put("long", 1L);
        headers.put("double", 0.5);
        headers.put("decimal", new BigDecimal("1.50"));
        headers.put("boolean", true);
        headers.put("date", Date.from(Instant.EPOCH));
        headers.put("bytes", new byte[] {'a', 'b'});
        headers.put("list", Arrays.asList(LongStringHelper.asLongString("a"), 1));
        headers.put("table", Map.of("k", LongStringHelper.asLongString("v")));
        headers.put("void", null);

        assertThat(RabbitWire.read(properties(headers), BODY, null).headers())
                .containsOnly(
                        entry("text", "t\u00e9xt"),
                        entry("long", "1"),
                        entry("double", "0.5"),
                        entry("decimal", "1.50"),
                        entry("boolean", "true"),
                        entry("date", "1970-01-01T00:00:00Z"),
                        entry("bytes", "ab"),
                        entry("list", "[a, 1]"),
                        entry("table", "{k=v}"),
                        entry("void", ""));
    }

    @Test
    @DisplayName("what is in lists and tables becomes the same text, whoever reads it")
    void nestedHeaders() {
        List<Object> list = Arrays.asList(new byte[] {'a', 'b'}, Date.from(Instant.EPOCH), null, List.of(1));
        Map<String, Object> table = Map.of("z", new byte[] {'c'}, "a", Map.of("k", new byte[] {'d'}));

        assertThat(RabbitWire.read(properties(Map.of("list", list, "table", table)), BODY, null)
                        .headers())
                .containsOnly(entry("list", "[ab, 1970-01-01T00:00:00Z, null, [1]]"), entry("table", "{a={k=d}, z=c}"));
    }

    @Test
    @DisplayName("a message without CloudEvents attributes is read from its native properties")
    void nativeMessage() {
        BasicProperties properties = new BasicProperties.Builder()
                .messageId("m-1")
                .type("legacy")
                .contentType("text/plain")
                .timestamp(Date.from(Instant.ofEpochSecond(1)))
                .build();

        assertThat(RabbitWire.read(properties, BODY, "legacy.orders"))
                .isEqualTo(new Message(
                        "m-1",
                        "",
                        "legacy",
                        null,
                        "legacy.orders",
                        "text/plain",
                        Map.of("time", "1970-01-01T00:00:01Z"),
                        Map.of(),
                        BODY));
    }

    @Test
    @DisplayName("CloudEvents attributes win over native properties")
    void attributesWin() {
        BasicProperties properties = new BasicProperties.Builder()
                .messageId("native")
                .type("native")
                .timestamp(Date.from(Instant.EPOCH))
                .headers(Map.of(
                        "cloudEvents_id", "ce", "cloudEvents_type", "ce", "cloudEvents_time", "2026-01-01T00:00:00Z"))
                .build();
        Message message = RabbitWire.read(properties, BODY, null);

        assertThat(message.id()).isEqualTo("ce");
        assertThat(message.type()).isEqualTo("ce");
        assertThat(message.attributes()).containsOnly(entry("time", "2026-01-01T00:00:00Z"));
    }

    @Test
    @DisplayName("a message with nothing but bytes is read with empty fields")
    void nothing() {
        assertThat(RabbitWire.read(new BasicProperties(), BODY, null))
                .isEqualTo(new Message("", "", "", null, "", "", Map.of(), Map.of(), BODY));
    }

    @Test
    @DisplayName("an id that does not fit the native property is in the headers alone")
    void longId() {
        Message message = new Message("i".repeat(300), "", "t", null, "t", "", Map.of("time", "never"), Map.of(), BODY);
        BasicProperties properties = RabbitWire.toTopic(message);

        assertThat(properties.getMessageId()).isNull();
        assertThat(properties.getTimestamp()).isNull();
        assertThat(RabbitWire.read(properties, BODY, null)).isEqualTo(message);
    }

    @Test
    @DisplayName("the delivery count is one more than the broker's count of returns")
    void deliveryCount() {
        Envelope again = new Envelope(1, true, "e", "k");
        assertThat(RabbitWire.deliveryCount(again, new BasicProperties())).isEqualTo(1);
        assertThat(RabbitWire.deliveryCount(again, properties(Map.of("x-delivery-count", 4L))))
                .isEqualTo(5);
    }

    @Test
    @DisplayName("on a first delivery a count that the publisher wrote is not believed")
    void deliveryCountOfPublisher() {
        Envelope first = new Envelope(1, false, "e", "k");
        assertThat(RabbitWire.deliveryCount(first, properties(Map.of("x-delivery-count", 4L))))
                .isEqualTo(1);
    }

    private static BasicProperties properties(Map<String, Object> headers) {
        return new BasicProperties.Builder().headers(headers).build();
    }

    private static Message message(String routingKey, Map<String, String> headers) {
        Map<String, String> attributes = Map.of("time", "2026-01-02T03:04:05.678Z");
        return new Message("id-1", "Order", "Placed", "o-1", routingKey, "application/json", attributes, headers, BODY);
    }
}
