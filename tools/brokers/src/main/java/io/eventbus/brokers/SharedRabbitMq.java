package io.eventbus.brokers;

/** The one RabbitMQ of a JVM. */
final class SharedRabbitMq extends SharedBroker<RabbitMqBroker> implements RabbitMqBroker {
    private static final Lazy<RabbitMqBroker> INSTANCE =
            new Lazy<>(() -> new SharedRabbitMq(RabbitMqSources.ofThisMachine().find()));

    SharedRabbitMq(RabbitMqBroker broker) {
        super("RabbitMQ", "RabbitMqBroker.launch()", broker);
    }

    static RabbitMqBroker instance() {
        return INSTANCE.get();
    }

    @Override
    public String ctl(String... arguments) {
        return broker().ctl(arguments);
    }

    @Override
    public Vhost newVhost() {
        return broker().newVhost();
    }
}
