package io.eventbus.brokers;

import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/** A vhost on a server that was started here. */
final class RabbitMqVhost implements Vhost {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final RabbitMqServer server;
    private final String name;

    private RabbitMqVhost(RabbitMqServer server, String name) {
        this.server = server;
        this.name = name;
    }

    static RabbitMqVhost create(RabbitMqServer server) {
        String name = "v" + NUMBER.incrementAndGet();
        server.evaluate(RabbitMqErlang.addVhost(name, RabbitMqNode.USER));
        return new RabbitMqVhost(server, name);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public URI url() {
        return URI.create(server.url() + "/" + name);
    }

    @Override
    public void close() {
        server.evaluate(RabbitMqErlang.deleteVhost(name, RabbitMqNode.USER));
    }

    @Override
    public String toString() {
        return "vhost " + name;
    }
}
