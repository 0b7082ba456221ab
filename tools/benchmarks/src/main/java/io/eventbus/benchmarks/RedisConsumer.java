package io.eventbus.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongConsumer;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XReadGroupParams;
import redis.clients.jedis.resps.StreamEntryBinary;

/** Reads the next entries in one pipeline with the acknowledgement of the last. */
final class RedisConsumer implements ConsumerThread.Source {
    static final String GROUP = "group";

    private static final XReadGroupParams MANY =
            new XReadGroupParams().count(500).block(100);

    private final Jedis jedis;
    private final String stream;
    private final LongConsumer handler;
    private List<StreamEntryBinary> handled = List.of();

    RedisConsumer(Jedis jedis, String stream, LongConsumer handler) {
        this.jedis = jedis;
        this.stream = stream;
        this.handler = handler;
    }

    @Override
    public void poll() {
        Response<List<Map.Entry<byte[], List<StreamEntryBinary>>>> answer;
        try (Pipeline pipeline = jedis.pipelined()) {
            acknowledge(pipeline);
            answer = pipeline.xreadGroupBinary(
                    GROUP.getBytes(UTF_8),
                    "consumer".getBytes(UTF_8),
                    MANY,
                    Map.of(stream.getBytes(UTF_8), StreamEntryID.XREADGROUP_UNDELIVERED_ENTRY));
        }
        handled = answer.get() == null ? List.of() : answer.get().get(0).getValue();
        handled.forEach(entry -> handler.accept(Body.time(body(entry))));
    }

    @Override
    public void close() {
        try (jedis;
                Pipeline pipeline = jedis.pipelined()) {
            acknowledge(pipeline);
        }
    }

    private static byte[] body(StreamEntryBinary entry) {
        return Objects.requireNonNull(entry.getFields().get(RedisClient.BODY), "an entry without a body");
    }

    private void acknowledge(Pipeline pipeline) {
        if (!handled.isEmpty()) {
            pipeline.xack(
                    stream,
                    GROUP,
                    handled.stream().map(StreamEntryBinary::getID).toArray(StreamEntryID[]::new));
        }
    }
}
