package io.eventbus.brokers;

import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The one RabbitMQ of a JVM. It refuses to be killed or frozen, because others are using it. */
final class SharedRabbitMq implements RabbitMqBroker {
    private static final Object LOCK = new Object();
    private static @Nullable RabbitMqBroker instance;

    private final RabbitMqBroker broker;

    SharedRabbitMq(RabbitMqBroker broker) {
        this.broker = broker;
    }

    static RabbitMqBroker instance() {
        synchronized (LOCK) {
            RabbitMqBroker shared = instance;
            if (shared == null) {
                shared = new SharedRabbitMq(RabbitMqBroker.launch());
                instance = shared;
            }
            return shared;
        }
    }

    @Override
    public URI url() {
        return broker.url();
    }

    @Override
    public Set<Control> controls() {
        return broker.can(Control.ADMINISTER) ? Set.of(Control.ADMINISTER) : Set.of();
    }

    @Override
    public String ctl(String... arguments) {
        return broker.ctl(arguments);
    }

    @Override
    public Vhost newVhost() {
        return broker.newVhost();
    }

    @Override
    public void close() {
        // It ends with the JVM: others may be using it.
    }

    @Override
    public String toString() {
        return "The RabbitMQ shared by this JVM (RabbitMqBroker.launch() gives a private one)";
    }
}
