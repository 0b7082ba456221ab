package io.eventbus.cli.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Protocol.Command;

/** Jedis. */
final class RedisClient implements ForeignClient {
    private static final byte[] NEXT_ID = {'*'};
    private static final String BODY = "data";

    private final Jedis jedis;
    private final Pipeline pipeline;
    private final byte[] stream;

    RedisClient(URI url, String topic) {
        jedis = new Jedis(url);
        pipeline = jedis.pipelined();
        stream = ("eventbus:{" + topic + "}").getBytes(UTF_8);
    }

    @Override
    public WireFormat wireFormat() {
        return WireFormat.REDIS;
    }

    /** An empty body goes without a field where the entry has others. */
    @Override
    public void send(Malformed one) {
        List<byte[]> entry = new ArrayList<>(List.of(stream, NEXT_ID));
        one.attributes().forEach((name, value) -> add(entry, wireFormat().header(name), value));
        one.headers().forEach(header -> add(entry, header.name(), header.value()));
        boolean isBare = one.attributes().isEmpty() && one.headers().isEmpty();
        boolean isNamed =
                one.headers().stream().anyMatch(header -> header.name().equals(BODY));
        if (isBare || isNamed || one.body().length > 0) {
            add(entry, BODY, one.body());
        }
        pipeline.sendCommand(Command.XADD, entry.toArray(byte[][]::new));
    }

    private static void add(List<byte[]> entry, String name, byte[] value) {
        entry.add(name.getBytes(UTF_8));
        entry.add(value);
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
