package io.eventbus.brokers;

/** The one Redis of a JVM. */
final class SharedRedis extends SharedBroker<RedisBroker> implements RedisBroker {
    private static final Lazy<RedisBroker> INSTANCE = new Lazy<>(() -> new SharedRedis(RedisBroker.launch()));

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
