package io.eventbus.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Map;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.params.XAddParams;

/** Writes a pipeline full, then reads all answers. */
final class RedisProducer implements Producer {
    private static final int PIPELINE = 1000;

    private final Jedis jedis;
    private final Pipeline pipeline;
    private final byte[] stream;
    private final int size;
    private int sent;
    private int open;

    RedisProducer(Jedis jedis, String topic, int size) {
        this.jedis = jedis;
        this.pipeline = jedis.pipelined();
        this.stream = topic.getBytes(UTF_8);
        this.size = size;
    }

    @Override
    public void send(long time) throws IOException {
        byte[] key = Integer.toString(sent++ % KEYS).getBytes(UTF_8);
        pipeline.xadd(stream, new XAddParams(), Map.of(RedisClient.KEY, key, RedisClient.BODY, Body.of(time, size)));
        if (++open == PIPELINE) {
            flush();
        }
    }

    @Override
    public void flush() throws IOException {
        for (Object answer : pipeline.syncAndReturnAll()) {
            if (answer instanceof RuntimeException refusal) {
                throw new IOException("an event was not accepted: " + refusal.getMessage(), refusal);
            }
        }
        open = 0;
    }

    @Override
    public void publish(long time) throws IOException {
        send(time);
        flush();
    }

    @Override
    public void close() {
        jedis.close();
    }
}
