package io.eventbus.cli.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.cli.fuzz.Malformed.Header;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What has to be shown of what was sent. */
class WireFormatTest {

    @Test
    @DisplayName("an attribute is a field or an attribute, and another header a header of its name")
    void places() {
        Expectation expected = WireFormat.REDIS.expect(new Malformed(
                Map.of("id", text("1"), "type", text("t"), "aggregatetype", text("a"), "time", text("now")),
                List.of(
                        header("h", "v"),
                        header("ce_tenant", "x"),
                        header("eb-replays", "2"),
                        header("eb-h-ce_id", "y")),
                new byte[0]));

        assertThat(expected.texts())
                .isEqualTo(Map.of(
                        "id", "1",
                        "type", "t",
                        "aggregateType", "a",
                        "routingKey", "a.t",
                        "contentType", "",
                        "attributes.time", "now",
                        "attributes.tenant", "x",
                        "attributes.eb-replays", "2",
                        "headers.h", "v",
                        "headers.ce_id", "y"));
        assertThat(expected.open()).isEmpty();
    }

    @Test
    @DisplayName("what is not text is replaced, and of several headers with one name the last counts")
    void text() {
        Malformed one = headers(header("h", "first"), new Header("h", new byte[] {'a', (byte) 0xff, 'b'}));

        assertThat(WireFormat.KAFKA.expect(one).texts()).containsEntry("headers.h", "a\ufffdb");
    }

    @Test
    @DisplayName("only what the message lacks may be made up")
    void open() {
        assertThat(WireFormat.KAFKA.expect(headers()).open()).containsExactlyInAnyOrder("id", "attributes.time");
        assertThat(WireFormat.REDIS.expect(headers()).open()).containsExactly("id");
        assertThat(WireFormat.KAFKA
                        .expect(headers(header("ce_id", "1"), header("ce_time", "")))
                        .open())
                .isEmpty();
    }

    @Test
    @DisplayName("each broker has a place of its own for what is a header on others")
    void brokersOwn() {
        Malformed one =
                headers(header("content-type", "other"), header("data", "other"), header("eb-routing-key", "other"));

        assertThat(WireFormat.KAFKA.expect(one).texts())
                .containsEntry("contentType", "other")
                .containsEntry("routingKey", "other")
                .containsEntry("headers.data", "other");
        assertThat(WireFormat.REDIS.expect(one).texts())
                .containsEntry("contentType", "other")
                .doesNotContainKeys("headers.data", "headers.content-type");
        assertThat(WireFormat.RABBITMQ.expect(one).texts())
                .containsEntry("contentType", "")
                .containsEntry("routingKey", "")
                .containsEntry("headers.content-type", "other")
                .containsEntry("headers.data", "other");
    }

    private static Malformed headers(Header... headers) {
        return new Malformed(Map.of(), List.of(headers), new byte[0]);
    }

    private static Header header(String name, String value) {
        return new Header(name, text(value));
    }

    private static byte[] text(String text) {
        return text.getBytes(UTF_8);
    }
}
