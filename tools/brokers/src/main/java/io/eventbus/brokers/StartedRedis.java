package io.eventbus.brokers;

/** A Redis that was started here and can be controlled. */
final class StartedRedis extends StartedBroker<RedisServer> implements RedisBroker {

    StartedRedis(RedisServer server) {
        super("Redis", server);
    }

    @Override
    public String cli(String... arguments) {
        return running().cli(arguments);
    }
}
