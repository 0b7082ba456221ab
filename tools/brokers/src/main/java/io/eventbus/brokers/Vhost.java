package io.eventbus.brokers;

import java.net.URI;

/** A vhost of a RabbitMQ: exchanges and queues that no one else sees. Whoever made it closes it, or has it end with the broker. */
public interface Vhost extends AutoCloseable {

    /** {@return the name, as {@code rabbitmqctl -p} takes it} */
    String name();

    /** {@return the URL that a client connects to, with user and password} */
    URI url();

    /**
     * Deletes the vhost with all that is in it, and closes the connections to it.
     *
     * @throws BrokerException if the broker does not delete it
     */
    @Override
    void close();
}
