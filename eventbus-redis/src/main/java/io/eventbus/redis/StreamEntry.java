package io.eventbus.redis;

import io.eventbus.spi.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a stream.
 *
 * @param id its id
 * @param message what it holds, or null if the entry was deleted while it was pending
 */
record StreamEntry(String id, @Nullable Message message) {

    /** The entries of a range; Redis before version 7 gives null for some that were deleted. */
    static List<StreamEntry> list(@Nullable Object reply) {
        return Reply.list(reply).stream()
                .filter(entry -> entry instanceof List<?>)
                .map(entry -> of(Reply.list(entry)))
                .toList();
    }

    /** The entries of the only stream of a read; none if there are none. */
    static List<StreamEntry> ofRead(@Nullable Object reply) {
        List<?> streams = Reply.list(reply);
        return streams.isEmpty() ? List.of() : list(Reply.list(streams.get(0)).get(1));
    }

    private static StreamEntry of(List<?> entry) {
        Object fields = entry.get(1);
        return new StreamEntry(Reply.text(entry.get(0)), fields == null ? null : RedisWire.read(fields));
    }
}
