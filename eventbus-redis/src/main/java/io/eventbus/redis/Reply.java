package io.eventbus.redis;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what the client library gives for Redis's answers: bytes, numbers, lists of these, and null. */
final class Reply {

    private Reply() {}

    static String text(@Nullable Object reply) {
        return reply instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(reply);
    }

    static long number(@Nullable Object reply) {
        return reply instanceof Long number ? number : 0;
    }

    /** The elements; none for a null. */
    static List<?> list(@Nullable Object reply) {
        return reply instanceof List<?> list ? list : List.of();
    }

    static List<String> texts(@Nullable Object reply) {
        return list(reply).stream().map(Reply::text).toList();
    }

    /** A list of names and values in turn. The last of several equal names wins. */
    static Map<String, @Nullable Object> map(@Nullable Object reply) {
        List<?> flat = list(reply);
        Map<String, @Nullable Object> map = new HashMap<>();
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            map.put(text(flat.get(i)), flat.get(i + 1));
        }
        return map;
    }
}
