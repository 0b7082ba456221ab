package io.eventbus.cli.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.util.IdentityHashMap;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.params.XAddParams;

/** Jedis. */
final class RedisClient implements ForeignClient {
    private final Jedis jedis;
    private final Pipeline pipeline;
    private final byte[] stream;

    RedisClient(URI url, String topic) {
        jedis = new Jedis(url);
        pipeline = jedis.pipelined();
        stream = ("eventbus:{" + topic + "}").getBytes(UTF_8);
    }

    @Override
    public void send(Malformed one) {
        IdentityHashMap<byte[], byte[]> fields = new IdentityHashMap<>(); // arrays know no other equality
        one.attributes().forEach((name, value) -> fields.put(("ce_" + name).getBytes(UTF_8), value));
        one.headers().forEach((name, value) -> fields.put(name.getBytes(UTF_8), value));
        if (fields.isEmpty() || one.body().length > 0) {
            fields.put("data".getBytes(UTF_8), one.body());
        }
        pipeline.xadd(stream, new XAddParams(), fields);
    }

    @Override
    public void flush() throws IOException {
        for (Object answer : pipeline.syncAndReturnAll()) {
            if (answer instanceof RuntimeException refusal) {
                throw new IOException("Redis refused an entry: " + refusal.getMessage(), refusal);
            }
        }
    }

    @Override
    public void close() {
        jedis.close();
    }
}
