package io.eventbus.brokers;

import java.util.Set;

/** A RabbitMQ that someone else runs. */
final class GivenRabbitMq extends GivenBroker implements RabbitMqBroker {
    private static final Variable VARIABLE =
            new Variable("RabbitMQ", URL_VARIABLE, Set.of("amqp", "amqps"), "amqp://user:password@host:5672/vhost");

    private GivenRabbitMq(String text) {
        super(VARIABLE, text);
    }

    static GivenRabbitMq at(String text) {
        GivenRabbitMq broker = new GivenRabbitMq(text);
        broker.require(() -> AmqpProbe.handshake(broker.url()));
        return broker;
    }
}
