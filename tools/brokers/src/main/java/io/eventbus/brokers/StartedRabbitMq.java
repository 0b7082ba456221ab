package io.eventbus.brokers;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A RabbitMQ that was started here and can be controlled. */
final class StartedRabbitMq extends StartedBroker<RabbitMqServer> implements RabbitMqBroker {
    private static final Logger LOG = LoggerFactory.getLogger(StartedRabbitMq.class);

    StartedRabbitMq(RabbitMqServer server) {
        super("RabbitMQ", server);
    }

    @Override
    void beforeKill(RabbitMqServer running) {
        try {
            running.evaluate(RabbitMqErlang.WRITE_TABLES);
        } catch (BrokerException e) {
            LOG.warn("{} does not write its tables before it is killed: new quorum queues may be lost", this, e);
        }
    }

    @Override
    public String ctl(String... arguments) {
        return running().ctl(arguments);
    }

    @Override
    public Vhost newVhost() {
        return RabbitMqVhost.create(running());
    }
}
