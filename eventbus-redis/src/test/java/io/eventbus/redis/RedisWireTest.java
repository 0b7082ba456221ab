package io.eventbus.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.eventbus.spi.Message;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RedisWireTest {

    private static final byte[] BODY = {0, (byte) 0xFF, 2};

    @Test
    @DisplayName("attributes are fields with a prefix, headers keep their names, and the payload is untouched")
    void fields() {
        assertThat(Reply.map(bytes(RedisWire.fields(message(Map.of("tenant", "t1"))))))
                .hasSize(8)
                .containsEntry("data", BODY)
                .extractingFromEntries(field -> field.getKey() + "=" + Reply.text(field.getValue()))
                .contains(
                        "ce_specversion=1.0",
                        "ce_id=id-1",
                        "ce_type=Placed",
                        "ce_aggregatetype=Order",
                        "ce_partitionkey=o-1",
                        "content-type=application/json",
                        "tenant=t1");
    }

    @Test
    @DisplayName("headers that look like ours come back as the user wrote them")
    void reservedNames() {
        Map<String, String> headers =
                Map.of("data", "1", "Data", "2", "content-type", "3", "ce_id", "4", "eb-x", "5", "", "6");

        Message read = RedisWire.read(bytes(RedisWire.fields(message(headers))));
        assertThat(read.headers()).isEqualTo(headers);
        assertThat(read.id()).isEqualTo("id-1");
        assertThat(read.body()).isEqualTo(BODY);
    }

    @Test
    @DisplayName("an entry of a foreign writer is read as far as it goes")
    void foreign() {
        Message read = RedisWire.read(bytes(List.of("temperature", "17")));

        assertThat(read.headers()).containsOnly(entry("temperature", "17"));
        assertThat(read.id()).isEmpty();
        assertThat(read.type()).isEmpty();
        assertThat(read.key()).isNull();
        assertThat(read.body()).isEmpty();
    }

    @Test
    @DisplayName("a foreign writer's field that differs from ours by its case is a header")
    void otherCase() {
        Message read = RedisWire.read(bytes(List.of("Data", "1", "Content-Type", "2", "data", "3")));

        assertThat(read.headers()).containsOnly(entry("Data", "1"), entry("Content-Type", "2"));
        assertThat(read.contentType()).isEmpty();
        assertThat(read.body()).containsExactly('3');
    }

    @Test
    @DisplayName("of several fields of one name the last holds")
    void twice() {
        Message read = RedisWire.read(bytes(List.of("h", "1", "data", "a", "h", "2", "data", "b")));

        assertThat(read.headers()).containsOnly(entry("h", "2"));
        assertThat(read.body()).containsExactly('b');
    }

    private static Message message(Map<String, String> headers) {
        return new Message(
                "id-1", "Order", "Placed", "o-1", "Order.Placed", "application/json", Map.of(), headers, BODY);
    }

    /** As Redis gives them. */
    private static List<Object> bytes(List<?> fields) {
        List<Object> bytes = new ArrayList<>();
        fields.forEach(field ->
                bytes.add(field instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : (byte[]) field));
        return bytes;
    }
}
