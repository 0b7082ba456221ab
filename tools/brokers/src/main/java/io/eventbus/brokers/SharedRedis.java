package io.eventbus.brokers;

import java.util.List;

/** The one Redis of a JVM. */
final class SharedRedis extends SharedBroker<RedisBroker> implements RedisBroker {
    private static final Lazy<RedisBroker> INSTANCE =
            new Lazy<>(() -> new SharedRedis(RedisSources.ofThisMachine().find(new RedisSettings(false, List.of()))));

    SharedRedis(RedisBroker broker) {
        super("Redis", "RedisBroker.launch()", broker);
    }

    static RedisBroker instance() {
        return INSTANCE.get();
    }

    @Override
    public String cli(String... arguments) {
        return broker().cli(arguments);
    }
}
