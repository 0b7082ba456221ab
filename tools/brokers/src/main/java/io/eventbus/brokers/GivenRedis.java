package io.eventbus.brokers;

import java.util.Set;

/** A Redis that someone else runs. */
final class GivenRedis extends GivenBroker implements RedisBroker {
    private static final Variable VARIABLE =
            new Variable("Redis", URL_VARIABLE, Set.of("redis", "rediss"), "redis://user:password@host:6379/0");

    private GivenRedis(String text) {
        super(VARIABLE, text);
    }

    static GivenRedis at(String text) {
        GivenRedis broker = new GivenRedis(text);
        broker.require(() -> {
            try (RedisProbe probe = RedisProbe.connect(broker.url())) {
                probe.ping();
            }
        });
        return broker;
    }
}
