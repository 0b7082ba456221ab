package io.eventbus.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.function.LongConsumer;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** Jedis: a stream and a group; XADD in a pipeline, XREADGROUP and XACK by the hundreds. */
record RedisClient(URI url) implements RawClient {
    /** The fields of an entry. */
    static final byte[] KEY = "key".getBytes(UTF_8);

    static final byte[] BODY = "body".getBytes(UTF_8);

    @Override
    public Consumer consume(String topic, LongConsumer handler) {
        Jedis jedis = new Jedis(url);
        if (!jedis.exists(topic)) {
            jedis.xgroupCreate(topic, RedisConsumer.GROUP, new StreamEntryID(0), true);
        }
        return new ConsumerThread(new RedisConsumer(jedis, topic, handler));
    }

    @Override
    public Producer produce(String topic, int size) {
        return new RedisProducer(new Jedis(url), topic, size);
    }

    /** All keys of the bus for a topic have its name in them. */
    @Override
    public void remove(String topic) {
        try (Jedis jedis = new Jedis(url)) {
            ScanParams named = new ScanParams().match("*" + topic + "*").count(1000);
            String cursor = ScanParams.SCAN_POINTER_START;
            do {
                ScanResult<String> page = jedis.scan(cursor, named);
                page.getResult().forEach(jedis::unlink);
                cursor = page.getCursor();
            } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
        }
    }

    @Override
    public void close() {
        // Each consumer and producer has a connection of its own.
    }
}
