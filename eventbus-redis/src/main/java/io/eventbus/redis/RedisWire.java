package io.eventbus.redis;

import io.eventbus.spi.Message;
import io.eventbus.spi.WireHeaders;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Messages as fields of a stream's entry: {@code ce_…}, {@code content-type}, {@code data}, and the user's headers. */
final class RedisWire {

    private static final String CONTENT_TYPE = "content-type";
    private static final String DATA = "data";
    private static final WireHeaders HEADERS = new WireHeaders("ce_", List.of(), Set.of(CONTENT_TYPE, DATA)::contains);

    private RedisWire() {}

    /** Names and values in turn, sorted, since Redis keeps equal names in one order once; the payload as it is, and last. */
    static List<Object> fields(Message message) {
        List<Object> fields = new ArrayList<>();
        new TreeMap<>(HEADERS.write(message)).forEach((name, value) -> {
            fields.add(name);
            fields.add(value);
        });
        if (!message.contentType().isEmpty()) {
            fields.add(CONTENT_TYPE);
            fields.add(message.contentType());
        }
        fields.add(DATA);
        fields.add(message.body());
        return fields;
    }

    /** Reads an entry, whoever wrote it. Of several fields of one name the last holds. */
    static Message read(@Nullable Object fields) {
        Map<String, @Nullable Object> values = Reply.map(fields);
        Object data = values.remove(DATA);
        Object contentType = values.remove(CONTENT_TYPE);
        Map<String, String> headers = new HashMap<>();
        values.forEach((name, value) -> headers.put(name, Reply.text(value)));
        return HEADERS.read(
                headers,
                contentType == null ? "" : Reply.text(contentType),
                data instanceof byte[] body ? body : new byte[0]);
    }
}
